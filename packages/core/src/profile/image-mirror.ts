/**
 * Where to pull a registry's images from instead.
 *
 * @see https://kubernetes.io/docs/concepts/containers/images/
 */
export interface ImageMirror {
  /** The registry that images name, such as `docker.io`, or a part of it such as `quay.io/jetstack`. */
  readonly registry: string;

  /** What is put in its place, such as `registry.example.com/docker-hub`. */
  readonly mirror: string;
}
