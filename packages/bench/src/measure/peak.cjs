// Preloaded into every Node process that is measured: at its end, adds its peak memory in KiB to the file of the run.
const { appendFileSync, readFileSync } = require('node:fs');
process.on('exit', () => {
  const file = process.env.KEELSON_BENCH_PEAK;
  if (file === undefined) return;
  let peak;
  try {
    // Not maxRSS, which on Linux begins with what the parent had when it forked.
    peak = /VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1];
  } catch {
    peak = process.resourceUsage().maxRSS;
  }
  appendFileSync(file, `${peak}\n`);
});
