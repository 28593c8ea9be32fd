//! Stacks that real runtimes wrote, hostile ones, and maps that esbuild made.

mod hostile;
mod recorded;
