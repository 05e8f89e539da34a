import { DisruptionBudget, PercentOrAbsolute, WebApp } from '../../src';
import { specimen, storefront } from './specimen';

export const maxUnavailable = specimen({
  title: 'web-budget-max-unavailable',
  shows: ['PodDisruptionBudget spec.maxUnavailable = 25%', 'PodDisruptionBudget spec.minAvailable is absent'],
  define: (chart) => {
    new WebApp(chart, 'storefront', {
      ...storefront, replicas: 8, disruptionBudget: DisruptionBudget.maxUnavailable(PercentOrAbsolute.percent(25)),
    });
  },
});

export const minAvailable = specimen({
  title: 'web-budget-min-available',
  shows: ['PodDisruptionBudget spec.minAvailable = 2', 'PodDisruptionBudget spec.maxUnavailable is absent'],
  define: (chart) => {
    new WebApp(chart, 'storefront', {
      ...storefront, replicas: 3, disruptionBudget: DisruptionBudget.minAvailable(PercentOrAbsolute.absolute(2)),
    });
  },
});

export const none = specimen({
  title: 'web-budget-none',
  shows: ['Deployment spec.replicas = 2', 'PodDisruptionBudget is absent'],
  define: (chart) => {
    new WebApp(chart, 'storefront', { ...storefront, disruptionBudget: DisruptionBudget.unsafeNone() });
  },
});
