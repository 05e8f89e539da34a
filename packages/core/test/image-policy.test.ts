import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ClusterProfile, Faults, Image, Manifest, Secret } from '../src';
import { charted, mistakes, mistakesOf, podOf } from './server';

const DIGEST = `sha256:${'a'.repeat(64)}`;
/** Long texts are cut in messages. */
const quotedImage = `'quay.io/setup:1@sha256:${'a'.repeat(37)}…' (87 characters)`;
const container = (name: string, image: string) => ({ name, image });

describe('W14 a private registry', () => {
  test('stands for others in every container, the closest mirror first, and every pod lists its Secret', () => {
    const { pod, main } = podOf({
      image: 'nginx:1.29', initContainers: [container('setup', 'quay.io/jetstack/setup:1')], sidecars: [container('proxy', 'quay.io/envoy/proxy:1')],
      containers: [container('tail', 'registry.example.com/tail:1')],
    }, {}, {
      imageMirrors: [
        { registry: 'docker.io', mirror: 'mirror.example.net/hub' }, { registry: 'quay.io', mirror: 'mirror.example.net/quay' },
        { registry: 'quay.io/jetstack', mirror: 'mirror.example.net/cert' },
      ],
      imagePullSecrets: [Secret.fromSecretName('mirror')],
    });
    expect(main.image).toBe('mirror.example.net/hub/library/nginx:1.29');
    expect([...pod.initContainers, ...pod.containers].map(({ image }: { image: string }) => image)).toEqual([
      'mirror.example.net/cert/setup:1', 'mirror.example.net/quay/envoy/proxy:1', 'mirror.example.net/hub/library/nginx:1.29', 'registry.example.com/tail:1',
    ]);
    expect(pod.imagePullSecrets).toEqual([{ name: 'mirror' }]);
  });
});

describe('R6 image trust', () => {
  const allowedRegistries = ['registry.example.com/shop', 'mirror.example.net'];

  test('takes images of allowed registries, as they are pulled', () => {
    const imageMirrors = [{ registry: 'docker.io', mirror: 'mirror.example.net/hub' }];
    expect(podOf({ image: 'nginx:1.29' }, {}, { allowedRegistries, imageMirrors }).main.image).toBe('mirror.example.net/hub/library/nginx:1.29');
    for (const image of ['registry.example.com/shop/web:1', 'REGISTRY.example.com/shop/a/b:1', 'mirror.example.net/x:1']) {
      expect(mistakesOf({ image }, {}, { allowedRegistries })).toEqual([]);
    }
  });

  test('refuses all others, in init containers and sidecars too', () => {
    const allowed = 'must be an image of a registry that the cluster allows (registry.example.com/shop, mirror.example.net), got';
    const fix = "push it there, or have 'imageMirrors' of the cluster profile stand for its registry";
    const imageMirrors = [{ registry: 'quay.io', mirror: 'other.example.net' }];
    expect(mistakesOf({
      image: 'registry.example.com/shopping/web:1', initContainers: [container('setup', 'nginx:1')], sidecars: [container('proxy', 'quay.io/envoy:1')],
      containers: [container('tail', 'mirror.example.net.evil.test/tail:1')],
    }, {}, { allowedRegistries, imageMirrors })).toEqual([
      `KEELSON1610 'containers.tail.image' ${allowed} 'mirror.example.net.evil.test/tail:1': ${fix}`,
      `KEELSON1610 'image' ${allowed} 'registry.example.com/shopping/web:1': ${fix}`,
      `KEELSON1610 'initContainers.setup.image' ${allowed} 'nginx:1': ${fix}`,
      `KEELSON1610 'sidecars.proxy.image' ${allowed} 'quay.io/envoy:1', pulled as 'other.example.net/envoy:1': ${fix}`,
    ]);
  });

  test('asks for digests where the profile does', () => {
    expect(mistakesOf({ image: 'registry.example.com/web:1.0' }, {}, { requireImageDigests: true })).toEqual([
      "KEELSON1611 'image' must be an image with a digest, which the cluster profile asks for, got 'registry.example.com/web:1.0': "
      + "end it in '@sha256:<digest>', which the registry shows beside the tag",
    ]);
    expect(mistakesOf({ image: `registry.example.com/web:1.0@${DIGEST}` }, {}, { requireImageDigests: true })).toEqual([]);
  });

  test('judges pods that are written by hand as they stand, in any object that makes pods', () => {
    const chart = charted({
      allowedRegistries: ['registry.example.com'], requireImageDigests: true, imageMirrors: [{ registry: 'docker.io', mirror: 'registry.example.com/hub' }],
    });
    const good = `registry.example.com/good@${DIGEST}`;
    const template = (images: string[]) => ({
      metadata: { labels: { app: 'x' } },
      spec: { initContainers: [container('setup', `quay.io/setup:1@${DIGEST}`)], containers: images.map((image, at) => container(`c${at}`, image)) },
    });
    const images = ['nginx', 'registry.example.com/web:1', good, 'auto', '${IMAGE}', 'Not An Image'];
    new Manifest(chart, 'job', { apiVersion: 'batch/v1', kind: 'Job', spec: { template: template(images) } });
    new Manifest(chart, 'nightly', { apiVersion: 'batch/v1', kind: 'CronJob', spec: { jobTemplate: { spec: { template: template([good]) } } } });
    const allowed = 'must be an image of a registry that the cluster allows (registry.example.com), got';
    const fix = 'push it there, and name it there: no mirror stands for the images of a pod written by hand';
    const digest = 'must be an image with a digest, which the cluster profile asks for, got';
    const end = "end it in '@sha256:<digest>', which the registry shows beside the tag";
    expect(mistakes(chart).filter(line => line.includes('KEELSON161'))).toEqual([
      `[shop/job] KEELSON1613 'spec.template.spec.containers.c0.image' ${allowed} 'nginx': ${fix}`,
      `[shop/job] KEELSON1613 'spec.template.spec.initContainers.setup.image' ${allowed} ${quotedImage}: ${fix}`,
      `[shop/job] KEELSON1614 'spec.template.spec.containers.c0.image' ${digest} 'nginx': ${end}`,
      `[shop/job] KEELSON1614 'spec.template.spec.containers.c1.image' ${digest} 'registry.example.com/web:1': ${end}`,
      `[shop/nightly] KEELSON1613 'spec.jobTemplate.spec.template.spec.initContainers.setup.image' ${allowed} ${quotedImage}: ${fix}`,
    ]);
  });

  test('says of an image that is none only that', () => {
    expect(mistakesOf({ image: 'nginx' }, {}, { allowedRegistries, requireImageDigests: true }))
      .toEqual([expect.stringMatching(/^KEELSON1103 'image' /)]);
  });

  test('judges the helper images that the profile names, and registries that are none', () => {
    const linesOf = (props: object) => ClusterProfile.kubernetes(props).faults.map(fault => Faults.describe('cluster', fault));
    expect(linesOf({ allowedRegistries })).toEqual([]);
    expect(linesOf({ allowedRegistries, helperImages: { wait: 'mirror.example.net/busybox:1' } })).toEqual([]);
    expect(linesOf({ allowedRegistries, requireImageDigests: true, helperImages: { wait: 'busybox:1' } })).toEqual([
      "KEELSON1610 'cluster.helperImages.wait' must be an image of a registry that the cluster allows (registry.example.com/shop, mirror.example.net), got 'busybox:1': "
      + "push it there, or have 'imageMirrors' of the cluster profile stand for its registry",
      "KEELSON1611 'cluster.helperImages.wait' must be an image with a digest, which the cluster profile asks for, got 'busybox:1': "
      + "end it in '@sha256:<digest>', which the registry shows beside the tag",
    ]);
    expect(linesOf({ allowedRegistries: ['https://a.example.com'], helperImages: { wait: 'busybox:1' } })).toEqual([
      "KEELSON1173 'cluster.allowedRegistries[0]' must be a registry, with or without a path, got 'https://a.example.com': "
      + "write it like 'registry.example.com', without a scheme and without '/' at the end",
    ]);
  });

  test('an image is in its registry and in each part of it by whole segments, and in nothing else', () => {
    const segment = fc.stringMatching(/^[a-z]{1,4}$/);
    fc.assert(fc.property(fc.array(segment, { minLength: 1, maxLength: 4 }), fc.array(segment, { maxLength: 4 }), (path, prefix) => {
      const image = Image.parse(`registry.example.com/${path.join('/')}:1`);
      const registry = ['registry.example.com', ...prefix].join('/');
      expect(image.isOf(registry)).toBe(prefix.length <= path.length && prefix.every((each, at) => each === path[at]));
      expect(image.isOf(registry.replace('example', 'examples'))).toBe(false);
    }));
  });
});
