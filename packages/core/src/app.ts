import { App as Cdk8sApp, AppProps as Cdk8sAppProps } from 'cdk8s';
import { ClusterProfile } from './cluster-profile';
import { checkIntegrity } from './private/integrity';
import { filesOf, OutputFile, textOf, write, writeConstructMetadata } from './private/output-files';
import { Synthesis } from './private/synthesis';
import { SynthesisError } from './private/synthesis-error';
import { withMemory } from './private/synthesis-memory';

/** What an app takes beside what `cdk8s.App` takes. */
export interface AppProps extends Cdk8sAppProps {
  /**
   * The cluster that the manifests are for.
   *
   * @default - the profile that `ClusterProfile.of` has where none is set: any conformant cluster.
   */
  readonly cluster?: ClusterProfile;
}

/**
 * A `cdk8s.App` that writes nothing while there is a mistake, and then names all of them.
 *
 * The files are cdk8s' own, but for their order: declared dependencies first, then namespaces, definitions of custom resources,
 * classes, quotas, accounts, configuration, storage, policies, Services, workloads, autoscalers, routes. A chart that needs another
 * chart's namespace, class or custom resource definition comes behind it. Time and memory grow with the number of objects, whatever
 * the number of charts and dependencies; files whose content is there already aren't written again.
 *
 * Everything works in a plain `cdk8s.App` too, and gives the same objects there, in the order of the tree.
 *
 * ```ts
 * const app = new App({ cluster: ClusterProfile.kubernetes({ version: '1.33' }) });
 * new Chart(app, 'shop', { namespace: 'shop' });
 * app.synth();
 * ```
 *
 * @see https://cdk8s.io/docs/latest/basics/app/
 */
export class App extends Cdk8sApp {
  private readonly recordsMetadata: boolean;

  public constructor(props: AppProps = {}) {
    super(props);
    this.recordsMetadata = props.recordConstructMetadata ?? process.env.CDK8S_RECORD_CONSTRUCT_METADATA === 'true';
    checkIntegrity(this);
    props.cluster?.applyTo(this);
  }

  /**
   * Write all manifests to the output folder.
   *
   * Fails with all mistakes of the app, sorted, and then has written nothing. Files of earlier runs stay.
   */
  public override synth(): void {
    const { synthesis, files } = this.documents(this.outdir);
    write(this.outdir, files);
    if (this.recordsMetadata) {
      writeConstructMetadata(this.outdir, synthesis.byChart.flatMap(({ documents }) => documents));
    }
  }

  /** All manifests as one YAML text. Fails as `synth` does. */
  public override synthYaml(): string {
    return textOf(this.documents().synthesis.all);
  }

  private documents(outdir?: string): { synthesis: Synthesis; files: OutputFile[] } {
    const { synthesis, files, mistakes } = withMemory(this, () => {
      const all = new Synthesis(this);
      return { synthesis: all, ...filesOf(all, this.yamlOutputType, this.outputFileExtension) };
    });
    const error = SynthesisError.of([...synthesis.mistakes, ...mistakes], outdir);
    if (error !== undefined) {
      // the comment keeps Node from printing this line above the list when it ends the program
      throw error; // node-do-not-add-exception-line
    }
    return { synthesis, files };
  }
}
