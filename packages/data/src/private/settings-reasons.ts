/** Why a setting that belongs to what is rendered isn't anybody else's. */
export function reasonOf(name: string): string {
  return /port|listen|bind|networking|protected-mode|name_resolve/i.test(name) ? 'remove it: Services, probes and network policies lead where the server listens now'
    : /dir|file|path|socket|include|^user$|basedir/i.test(name) ? 'remove it: what is mounted, and what probes ask, is where the server looks now'
      : 'remove it: scripts and probes of what is rendered rely on what it is now';
}
