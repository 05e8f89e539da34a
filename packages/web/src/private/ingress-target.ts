import { Faults, IngressController, Manifest, Peer, Warnings } from '@keelson/core';
import { IConstruct } from 'constructs';
import { HttpRedirect } from '../http-redirect';
import { secretFor } from './certificate-secret';
import { letIn } from './let-in';
import { quoted } from './quoted';
import { claim } from './route-claims';
import { ExposureRequest, Route, TargetRenderer } from './target-renderer';

const NGINX = 'nginx';
/** What ingress-nginx takes in a path of type Prefix or Exact, from 1.12 on (`strict-validate-path-type`). */
const NGINX_PATH = /^\/[-A-Za-z0-9_/]*$/;
/** Apps that were told that ingress-nginx is retired. */
const told = new WeakSet<IConstruct>();
/** Apps that were told that plain HTTP is answered too. */
const plain = new WeakSet<IConstruct>();

/** An Ingress for each host. */
export class IngressTarget implements TargetRenderer {
  private readonly text: string;

  public constructor(private readonly controller: IngressController) {
    this.text = `Ingress of class ${quoted(controller.className)}`;
  }

  public render(request: ExposureRequest): void {
    const { app, exposure, routes } = request;
    if (this.controller.className === NGINX) {
      this.checkNginx(request);
    }
    this.checkRedirect(request);
    letIn(app, Peer.ingressController(this.controller));
    if (!exposure.encrypted) {
      routes.forEach(route => this.define(request, route));
      return;
    }
    if (exposure.hosts.length === 0) {
      this.report(request, 'KEELSON2035', undefined, `a default backend by HTTPS, at ${this.text}, which shows a certificate by host`, 'what the target can say',
        'name the hosts, use Exposure.insecureDefaultBackend(…), or choose a target that can: ExposureTarget.GATEWAY_API');
      return;
    }
    if (exposure.certificate === undefined) {
      this.report(request, 'KEELSON2030', 'certificate', `none, at ${this.text}`, 'given where an Ingress ends TLS', 'try Certificate.issuedBy(…)');
      return;
    }
    for (const route of routes) {
      const secretName = secretFor(request, exposure.certificate, route);
      if (secretName !== undefined) {
        this.define(request, route, secretName);
      }
    }
  }

  private define(request: ExposureRequest, route: Route, secretName?: string): void {
    const { app, exposure } = request;
    if (!claim(request, route, this.text)) {
      return;
    }
    const backend = { service: { name: app.name, port: { number: app.servicePort } } };
    new Manifest(route.scope, 'Ingress', {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: { name: route.name, labels: app.labels, annotations: exposure.annotations },
      spec: {
        ingressClassName: this.controller.className,
        rules: [{
          host: route.host,
          http: { paths: [{ path: exposure.path, pathType: exposure.pathType, backend }] },
        }],
        // with it ingress-nginx redirects HTTP to HTTPS by itself
        tls: secretName === undefined || route.host === undefined ? undefined : [{ hosts: [route.host], secretName }],
      },
    });
  }

  private checkRedirect(request: ExposureRequest): void {
    const { app, exposure: { redirect } } = request;
    const nginx = this.controller.className === NGINX;
    if (nginx && (redirect ?? HttpRedirect.PERMANENT) === HttpRedirect.PERMANENT) {
      return;
    }
    if (redirect === undefined) {
      if (request.exposure.encrypted) {
        this.warnOfPlainHttp(app.scope);
      }
      return;
    }
    if (nginx || redirect === HttpRedirect.NONE) {
      const why = nginx ? ', where ingress-nginx redirects for good' : ', which serves it on plain HTTP too';
      this.report(request, 'KEELSON2033', 'redirect', `${redirect.description}, at ${this.text}${why}`, 'what the target can say',
        'leave it out, or choose a target that can: ExposureTarget.GATEWAY_API');
      return;
    }
    Warnings.report(app.scope, 'KEELSON2032', `${redirect.description} to HTTPS can't be said by ${this.text}: `
      + 'set it in the configuration of the ingress controller, or choose ExposureTarget.GATEWAY_API');
  }

  /** Said once: it is the same for every app. */
  private warnOfPlainHttp(scope: IConstruct): void {
    if (!plain.has(scope.node.root)) {
      plain.add(scope.node.root);
      Warnings.report(scope, 'KEELSON2037', `${this.text} may answer by plain HTTP too, since an Ingress can't say a redirect: `
        + 'set it in the configuration of the ingress controller, or choose ExposureTarget.GATEWAY_API');
    }
  }

  private checkNginx(request: ExposureRequest): void {
    const { app: { scope }, exposure } = request;
    if (!NGINX_PATH.test(exposure.path)) {
      this.report(request, 'KEELSON2034', 'path', `${quoted(exposure.path)}, at ${this.text}`, "of letters, digits, '-', '_' and '/', which is all that ingress-nginx takes",
        'choose another path, or another target: ExposureTarget.GATEWAY_API');
    }
    if (!told.has(scope.node.root)) {
      told.add(scope.node.root);
      Warnings.report(scope, 'KEELSON2031', 'ingress-nginx is retired and gets no security fixes since March 2026: move to a gateway, '
        + "by 'gateway' of ClusterProfile, or to another ingress controller");
    }
  }

  private report({ app }: ExposureRequest, code: string, member: string | undefined, got: string, allowed: string, fix: string): void {
    Faults.report(app.scope, 'exposure', [{ code, member, got, allowed, fix }]);
  }
}
