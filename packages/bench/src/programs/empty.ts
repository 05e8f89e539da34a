// Node's own start.
process.exitCode = 0;
