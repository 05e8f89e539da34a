import { type App, Certificate, Health, Secret } from '@keelson/core';
import { EdgeAuth, Exposure, PathRewrite, RateLimit, WebApp } from '@keelson/web';
import { Chart, Duration, Size } from 'cdk8s';

/** A shop as the internet sees it: said once, whatever the cluster has at its edge. */
export function shop(app: App): void {
  const chart = new Chart(app, 'shop', { namespace: 'shop' });
  const certificate = Certificate.issuedBy('letsencrypt');
  const health = Health.http({ ready: '/readyz', live: '/livez' });

  // Everybody: requests for www. go to the shop, a browser stays with its pod.
  new WebApp(chart, 'storefront', {
    image: 'registry.example.com/shop/storefront:1.8.2@sha256:9c2d1c7e1fb0a3b5f5a2a9f7d1c8e6b4a3f2e1d0c9b8a7f6e5d4c3b2a1f0e9d8',
    port: 8080,
    health,
    exposure: Exposure.https('example.com', { certificate, wwwRedirect: true, maxBodySize: Size.mebibytes(8), stickySession: { cookieName: 'shop' } }),
  });

  // Programs and pages of partners: the app itself knows nothing of /api.
  new WebApp(chart, 'api', {
    image: 'registry.example.com/shop/api:4.0.1@sha256:4e1b6bdf7a2f0a8fd0a9fcd6e5dc1d0c6f2f7f0f6f0c1b1f9d2f4a7a6c3b5e21',
    port: 8080,
    health,
    exposure: Exposure.https('example.com', {
      certificate,
      path: '/api',
      rewrite: PathRewrite.stripPrefix(),
      rateLimit: RateLimit.perSecond(20),
      cors: { allowOrigins: ['https://www.example.org'], allowMethods: ['GET', 'POST', 'PUT'], allowHeaders: ['Content-Type'], maxAge: Duration.hours(1) },
    }),
  });

  // Staff, from the office, who sign in.
  new WebApp(chart, 'back-office', {
    image: 'registry.example.com/shop/back-office:0.9.3@sha256:1d7c5a9e3b2f4c6d8e0f1a2b3c4d5e6f7a8b9c0d1e2f3a4b5c6d7e8f9a0b1c2d',
    port: 8080,
    health,
    exposure: Exposure.https('office.example.com', {
      certificate,
      allowedSources: ['203.0.113.0/24'],
      auth: EdgeAuth.oidc({
        issuerUrl: 'https://login.example.com/realms/shop',
        clientId: 'back-office',
        credentials: Secret.fromSecretName('back-office-sign-in'),
        allowedGroups: ['shop-staff'],
        emailDomains: ['example.com'],
        skipAuthPaths: ['/webhooks'],
      }),
    }),
  });
}
