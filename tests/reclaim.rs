//! Thousands of reloads leave the heap and the constants as they were: literals and closures go when nothing can reach them.
//! Code is not compared yet: what destroys the environments of old closures is kept.

use midair::Program;
use midair::host::Usage;
use midair::source::Texts;

const MAIN: &str = "\
import logic
var
  closures: seq[proc (): int]
  running: iterator (): int
proc step*(): int =
  if closures.len > 3: closures.delete(0)
  closures.add makeClosure(closures.len)
  for closure in closures: result += closure()
  if running == nil or finished(running): running = makeIterator()
  result += running() + text().len
";

/// A version in which everything has another body and the literals are others.
fn logic(version: usize) -> String {
    format!(
        "proc text*(): string = \"this is version {version} of a text, and no other has the number {version}\"\n\
         proc makeClosure*(x: int): proc (): int =\n  \
           var calls = x\n  \
           result = proc (): int =\n    \
             inc calls, {version}\n    \
             calls + len(\"closure {version}\")\n\
         proc makeIterator*(): iterator (): int =\n  \
           result = iterator (): int {{.closure.}} =\n    \
             for at in 1..3: yield at * {version} + len(\"iterator {version}\")\n"
    )
}

fn reloads(count: usize) {
    let texts = Texts::new([("main.nim", MAIN.to_owned()), ("logic.nim", logic(0))]);
    let program = Program::builder()
        .provider(texts.clone())
        .load("main.nim")
        .unwrap();
    let step = program.proc::<fn() -> i64>("main", "step").unwrap();
    let mut settled: Option<Usage> = None;
    let mut now = program.usage();
    for version in 1..=count {
        texts.set("logic.nim", logic(version));
        assert!(program.reload().unwrap().changed);
        step.call().unwrap();
        now = program.usage();
        if version == 100 {
            settled = Some(now);
        }
        if let Some(settled) = &settled {
            // Up to four closures, an iterator, and what they hold.
            assert!(
                now.live_blocks <= settled.live_blocks + 24,
                "{version}: {now:?}, {settled:?}"
            );
            assert!(
                now.heap_bytes <= settled.heap_bytes,
                "{version}: {now:?}, {settled:?}"
            );
            assert!(
                now.data_bytes <= settled.data_bytes + (64 << 10),
                "{version}: {now:?}, {settled:?}"
            );
        }
    }
    println!("after 100: {settled:?}\nafter {count}: {now:?}");
}

#[test]
fn hundreds_of_reloads_leave_memory_flat() {
    reloads(300);
}

#[test]
#[ignore = "long: ten thousand reloads"]
fn ten_thousand_reloads_leave_memory_flat() {
    reloads(10_000);
}
