/** What a workload is warned of that connects to something. */
export interface ClientWarning {
  readonly code: string;
  readonly text: string;
}
