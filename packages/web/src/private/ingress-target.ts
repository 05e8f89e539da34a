import { Faults, IngressController, Manifest, Peer, Warnings } from '@keelson/core';
import { Lazy } from 'cdk8s';
import { IConstruct } from 'constructs';
import { PathType } from '../path-type';
import { agreeOnCertificate, secretFor } from './certificate-secret';
import { INGRESS, INGRESS_LIKE_NGINX, INGRESS_NGINX } from './edge/ingress-supports';
import { Flavor } from './edge/support';
import { otherNameOf } from './edge/www';
import { annotationsOf } from './ingress/annotations';
import { nginxHost, serveHost } from './ingress/nginx-hosts';
import { pathOf } from './ingress/paths';
import { defineResponseHeaders } from './ingress/response-headers';
import { letIn } from './let-in';
import { expressionFaults } from './path-faults';
import { claim } from './route-claims';
import { ExposureRequest, placeIn, Route, TargetRenderer } from './target-renderer';

/** What ingress-nginx takes in a path of type Prefix or Exact, from 1.12 on (`strict-validate-path-type`). */
const NGINX_PATH = /^\/[-A-Za-z0-9_/]*$/;
/** Apps that were told that ingress-nginx is retired. */
const told = new WeakSet<IConstruct>();
/** Apps that were told that plain HTTP is answered too. */
const plain = new WeakSet<IConstruct>();

/** An Ingress for each host: what its annotations say is about all of it. */
export class IngressTarget implements TargetRenderer {
  public readonly text: string;
  public readonly flavor: Flavor;
  public readonly place: string;
  public readonly kinds = ['Ingress'];

  public constructor(private readonly controller: IngressController) {
    this.flavor = controller.readsNginxAnnotations ? (controller.isIngressNginx ? INGRESS_NGINX : INGRESS_LIKE_NGINX) : INGRESS;
    this.text = `Ingress of class ${Faults.quoted(controller.className)}`;
    this.place = controller.isIngressNginx ? this.text : placeIn(controller.namespace);
  }

  public render(request: ExposureRequest): void {
    const { app, exposure, routes } = request;
    if (this.controller.readsNginxAnnotations) {
      this.checkPath(request);
    } else if (exposure.encrypted && exposure.redirect === undefined) {
      this.warnOfPlainHttp(app.scope);
    }
    if (this.controller.isIngressNginx) {
      warnOfRetirement(app.scope);
    }
    letIn(request, Peer.ingressController(this.controller));
    if (!exposure.encrypted) {
      routes.forEach(route => this.define(request, route));
      return;
    }
    if (exposure.certificate === undefined) {
      this.report(request, 'KEELSON2030', 'certificate', `none, at ${this.text}`, 'given where an Ingress ends TLS', 'try Certificate.issuedBy(…)');
      return;
    }
    for (const route of routes) {
      const further = furtherNames(request, route);
      const agreed = agreeOnCertificate(request, exposure.certificate, route, further, this.text);
      const secretName = agreed ? secretFor(request, exposure.certificate, route, further) : undefined;
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
    const { controller } = this;
    const { host } = route;
    const further = furtherNames(request, route);
    const ingress = (annotations: { [key: string]: string }, paths: unknown) => new Manifest(route.scope, 'Ingress', {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: { name: route.name, labels: app.labels, annotations },
      spec: {
        ingressClassName: controller.className,
        rules: [{ host, http: { paths } }],
        // with it ingress-nginx redirects HTTP to HTTPS by itself
        tls: secretName === undefined || host === undefined ? undefined : [{ hosts: [host, ...further], secretName }],
      },
    });
    const backend = backendOf(request);
    if (!controller.readsNginxAnnotations) {
      ingress(exposure.annotations, [{ ...pathOf(exposure), backend }]);
      return;
    }
    const asked = { request, route, controller, door: this.text };
    const { annotations, faults } = annotationsOf(asked);
    Faults.report(app.scope, 'exposure', faults);
    serveHost(app.scope, controller, host, further[0]);
    defineResponseHeaders(asked);
    const served = nginxHost(app.scope, controller, host);
    // exposures that come later may make all paths of the host regular expressions, and longer
    served.add(exposure, ingress(annotations, Lazy.any({ produce: () => [{ ...served.pathOf(exposure), backend }] })));
  }

  /** Said once: it is the same for every app. */
  private warnOfPlainHttp(scope: IConstruct): void {
    if (!plain.has(scope.node.root)) {
      plain.add(scope.node.root);
      Warnings.report(scope, 'KEELSON2037', `${this.text} may answer by plain HTTP too, since an Ingress can't say a redirect: `
        + 'set it in the configuration of the ingress controller, or choose ExposureTarget.GATEWAY_API');
    }
  }

  private checkPath(request: ExposureRequest): void {
    const { path, pathType, options: { rewrite } } = request.exposure;
    if (pathType !== PathType.REGULAR_EXPRESSION && !NGINX_PATH.test(path)) {
      const expression = `${path.replace(/\/$/, '').replace(/[.$]/g, '\\$&')}${pathType === PathType.PREFIX ? '(/.*)?' : ''}`;
      const isSaid = rewrite === undefined && expressionFaults(expression).length === 0;
      const advice = isSaid ? `say it by PathType.REGULAR_EXPRESSION as ${Faults.quoted(expression)}, ` : '';
      this.report(request, 'KEELSON2034', 'path', `${Faults.quoted(path)}, at ${this.text}`, "of letters, digits, '-', '_' and '/', which is all that ingress-nginx takes",
        `choose another path, ${advice}or choose another target: ExposureTarget.GATEWAY_API, ExposureTarget.TRAEFIK`);
    }
  }

  private report({ app }: ExposureRequest, code: string, member: string | undefined, got: string, allowed: string, fix: string): void {
    Faults.report(app.scope, 'exposure', [{ code, member, got, allowed, fix }]);
  }
}

/** The other name of a host, where that is sent to it. */
function furtherNames({ exposure: { options: { wwwRedirect } } }: ExposureRequest, { host }: Route): string[] {
  return wwwRedirect === true && host !== undefined ? [otherNameOf(host)] : [];
}

function backendOf({ backend: { service, port, portName } }: ExposureRequest): object {
  return { service: { name: service, port: portName === undefined ? { number: port } : { name: portName } } };
}

function warnOfRetirement(scope: IConstruct): void {
  if (!told.has(scope.node.root)) {
    told.add(scope.node.root);
    Warnings.report(scope, 'KEELSON2031', 'ingress-nginx is retired and gets no security fixes since March 2026: move to a gateway or a Traefik, '
      + "by 'gateway' or 'traefik' of ClusterProfile, which the same exposures are rendered for");
  }
}
