import { Fault } from './faults';
import { Labels } from './labels';
import { imageFaults, ImageParts, partsOf, registryOf } from './private/image-reference';
import { quoted } from './private/quoted';

/**
 * A container image: where it is, and which one.
 *
 * ```ts
 * const image = Image.parse('registry.example.com/shop/storefront:1.8.2');
 * image.mirroredTo('registry.example.com', 'mirror.example.net').reference;   // mirror.example.net/shop/storefront:1.8.2
 * ```
 *
 * Refused: `latest`, and neither tag nor digest, because then nobody knows what runs.
 *
 * @see https://kubernetes.io/docs/concepts/containers/images/#image-names
 * @see https://pkg.go.dev/github.com/distribution/reference
 */
export class Image {
  /**
   * An image by its reference.
   *
   * @param reference `[registry/]repository[:tag][@digest]`; without a registry it is Docker Hub's.
   */
  public static parse(reference: string): Image {
    // JavaScript may leave it out: then it is an empty one.
    const text = typeof reference === 'string' ? reference : '';
    const parts = partsOf(text);
    return new Image(text, parts, imageFaults(text, parts).map(fault => ({ ...fault, got: quoted(reference) })));
  }

  /** The registry's host, with its port if it has one: `registry.example.com:5000`; `docker.io` where none is written. */
  public readonly registry: string;

  /** The path in the registry: `shop/storefront`; `library/nginx` for Docker Hub's `nginx`. */
  public readonly repository: string;

  /**
   * The tag, such as `1.8.2`.
   *
   * @default - the reference has none.
   */
  public readonly tag?: string;

  /**
   * The digest, such as `sha256:…`. Where there is one, the tag only tells people what it is.
   *
   * @default - the reference has none.
   */
  public readonly digest?: string;

  /**
   * The tag as the value of a label, cut and cleaned where it must be.
   *
   * @default - the reference has no tag.
   */
  public readonly versionLabel?: string;

  private constructor(
    /** The reference as it was written. */
    public readonly reference: string,
    parts: ImageParts,
    /** What is wrong with it; the construct that receives it reports it. */
    public readonly faults: Fault[],
  ) {
    this.registry = parts.registry;
    this.repository = parts.repository;
    this.tag = parts.tag;
    this.digest = parts.digest;
    const label = Labels.valueOf(parts.tag ?? '');
    this.versionLabel = label === '' ? undefined : label;
  }

  /**
   * The image at a mirror: `docker.io` to `mirror.example.net/hub` makes `nginx:1.29` to
   * `mirror.example.net/hub/library/nginx:1.29`. Whole segments are compared, so that `registry.example.com` is never
   * taken for `registry.example.com.evil.test`. An image of another registry, or an invalid one, stays as it is.
   *
   * @param registry the registry, or a part of one, that the mirror stands for: `docker.io`, `quay.io/jetstack`.
   * @param mirror what is put in its place: `mirror.example.net`, `mirror.example.net/hub`.
   */
  public mirroredTo(registry: string, mirror: string): Image {
    const depth = registry.split('/').length - 1;
    const segments = this.repository.split('/');
    if (this.faults.length > 0 || depth === segments.length || !this.isOf(registry)) {
      return this;
    }
    const { tag, digest } = this;
    const name = [mirror, ...segments.slice(depth)].join('/');
    return Image.parse(`${name}${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`);
  }

  /**
   * Whether the image is in a registry, or in a part of one. Whole segments are compared: `registry.example.com/shop` has
   * `registry.example.com/shop/web`, not `registry.example.com/shopping/web`.
   *
   * @param registry the registry, or a part of one: `docker.io`, `quay.io/jetstack`.
   */
  public isOf(registry: string): boolean {
    const [host = '', ...path] = registry.split('/');
    const segments = this.repository.split('/');
    return registryOf(host) === this.registry && path.length <= segments.length && path.every((segment, at) => segment === segments[at]);
  }
}
