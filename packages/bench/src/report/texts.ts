// What docs/performance.md says beside its figures.

export const METHOD = `Each figure is a ratio of two things that run in turn in one go (A B A B …): the median of the ratios of neighbouring runs, so that
a busy minute hits both. What runs are whole processes: wall time, user and system time of the process and all it starts, and peak
memory of its largest Node process; G8 alone is measured inside a process. Programs are plain JavaScript unless said otherwise, and
their output goes to memory (tmpfs), so that no disk is measured. A run is stopped after two minutes. *×* is what was measured over
what it is measured against where the goal is "at most", and the other way round where it is "at least".`;

export const REPEAT = `## How to repeat it

\`\`\`sh
npm ci && npm run build
npm run bench                      # all of it: about half an hour on a quiet machine
npm run bench -- --only G4,G11     # some figures; the others stay as they were measured last
npm run bench -- --quick           # a smoke run: small sizes, one round, no goals
npm run bench -- --docs            # writes this page, its chart and performance.json from the last run that wasn't quick
\`\`\`

It takes \`kubectl\` from the PATH or from \`KUBECTL\`, and keeps a Node 22 and the compiler of a new cdk8s project in
\`~/.cache/keelson-bench\`. It needs bash.`;

export const WORKLOAD = `## What is built

Each app is nine objects: ServiceAccount, two ConfigMaps, Deployment, Service, Ingress, HorizontalPodAutoscaler, NetworkPolicy,
PodDisruptionBudget. The run fails where two programs write different kinds or counts.

- **Keelson**: a \`ConfigMap\` of @keelson/core and a \`WebApp\` of @keelson/web, with all their defaults and checks.
- **cdk8s-plus-27**: its own constructs; \`ApiObject\` for the PodDisruptionBudget, which it doesn't have.
- **cdk8s-plus-27 on our App**: the same program, its \`App\` imported from @keelson/core.
- **raw ApiObjects**: the very documents that Keelson writes, as literals under \`cdk8s.App\`; the run fails if a byte differs.
- **no constructs, JSON**: the same literals, \`JSON.stringify\`, write: what no library can be faster than.
- **kubectl kustomize**: a base and an overlay per app (suffix, label, image, host), all in one build.

An app is 10.1 kB of YAML; by cdk8s-plus-27 it is 10.0 kB, with a Deployment an eighth shorter and a NetworkPolicy a third longer (a
rule per peer, where ours has one for all). What it can't say: capabilities dropped by \`ALL\`, seccomp and SELinux,
\`supplementalGroups\`, \`enableServiceLinks\`, a \`preStop\` sleep (a command stands in), ports by name, \`appProtocol\`, topology spread,
\`matchLabelKeys\`, \`revisionHistoryLimit\`, projected volumes, ephemeral storage below a gibibyte. It doesn't hash configuration into the
pod template.`;

export const STARTING = `## The fastest way to start

\`cdk8s.yaml\` says \`node --import tsx main.ts\` in the examples, which works on every supported Node. On Node 22.18 and newer, a program
whose imports name files with their extension (\`./shop.ts\`) and whose types can be erased needs neither tsx nor the cdk8s CLI:

\`\`\`sh
node main.ts
\`\`\`

That is what G3 measures. It checks no types: run \`tsc\` beside it. A bundle with V8's code cache
(\`esbuild --bundle --platform=node --keep-names\`, then \`NODE_COMPILE_CACHE=.cache node bundle.js\` on Node 22) is faster still.
\`--keep-names\` is needed where the bundle is minified: cdk8s looks at the names of classes.`;

export const LIMITS = `## Limits

Times of one machine are not those of another; ratios are close. G3 runs both sides on Node 22, with cdk8s' check for upgrades off. G10
compares the time between loading and the end, since the start of Node would hide what it looks for. kustomize puts the
overlay's label into its policies' peers as well, and its own order of keys.`;
