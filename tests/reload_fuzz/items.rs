//! Many small declarations of every kind, each with a proc that the program calls.

use std::fmt::Write as _;

use super::{Model, Random};

/// What a module declares under one number. Each has a proc `fN(x: int): int` at the end of the day.
#[derive(Clone)]
enum Item {
    Proc {
        adds: usize,
        calls: usize,
        extra: bool,
    },
    Inline(usize),
    Template(usize),
    Generic(usize),
    Const(usize),
    Object {
        fields: usize,
    },
    Enum {
        values: usize,
    },
    Closure(usize),
    Iterator(usize),
    Text(usize),
    Global(usize),
}

impl Item {
    fn random(random: &mut Random) -> Item {
        let n = random.below(50);
        match random.below(11) {
            0 => Item::Proc {
                adds: n,
                calls: random.below(8),
                extra: random.below(2) == 0,
            },
            1 => Item::Inline(n),
            2 => Item::Template(n),
            3 => Item::Generic(n),
            4 => Item::Const(n),
            5 => Item::Object { fields: 1 + n % 4 },
            6 => Item::Enum { values: 2 + n % 4 },
            7 => Item::Closure(n),
            8 => Item::Iterator(1 + n % 5),
            9 => Item::Text(n),
            _ => Item::Global(n),
        }
    }

    /// The declarations. `prefix` names the module, `before` are procs that can be called.
    fn text(&self, prefix: &str, number: usize, before: &[String]) -> String {
        let f = format!("{prefix}{number}");
        match self {
            Item::Proc { adds, calls, extra } => {
                let call = match before.get(*calls) {
                    Some(name) => format!("{name}(x)"),
                    None => "x".to_owned(),
                };
                let (param, more) = match extra {
                    true => ("; by = 3", " * by"),
                    false => ("", ""),
                };
                format!("proc {f}*(x: int{param}): int = ({call} + {adds}){more} mod 10007\n")
            }
            Item::Inline(n) => format!("proc {f}*(x: int): int {{.inline.}} = x * 3 + {n}\n"),
            Item::Template(n) => {
                format!(
                    "template {f}T(x: int): int = x * 5 + {n}\nproc {f}*(x: int): int = {f}T(x) mod 10007\n"
                )
            }
            Item::Generic(n) => {
                format!(
                    "proc {f}G[T](x: T): T = x + T({n})\nproc {f}*(x: int): int = {f}G(x) + int({f}G(float(x mod 7)))\n"
                )
            }
            Item::Const(n) => {
                format!(
                    "const {f}C* = [{n}, {}, {}]\nproc {f}*(x: int): int = {f}C[x mod 3] + x\n",
                    n + 1,
                    n * 2
                )
            }
            Item::Object { fields } => {
                let names: Vec<String> = (0..*fields).map(|at| format!("f{at}")).collect();
                let values: Vec<String> = names.iter().map(|name| format!("{name}: x")).collect();
                format!(
                    "type {f}O = object\n  {}: int\nproc {f}*(x: int): int =\n  let value = {f}O({})\n  ($value).len + value.f0\n",
                    names.join(", "),
                    values.join(", ")
                )
            }
            Item::Enum { values } => {
                let names: Vec<String> = (0..*values).map(|at| format!("{f}V{at}")).collect();
                format!(
                    "type {f}E = enum {}\nproc {f}*(x: int): int =\n  for value in low({f}E) .. high({f}E): result += ord(value) + len($value) + x mod 3\n",
                    names.join(", ")
                )
            }
            Item::Closure(n) => format!(
                "proc {f}*(x: int): int =\n  var kept = x\n  let add = proc (y: int): int =\n    kept += y\n    kept + {n}\n  discard add(2)\n  add(1) mod 10007\n"
            ),
            Item::Iterator(n) => format!(
                "iterator {f}I(x: int): int {{.closure.}} =\n  for at in 1..{n}: yield at * (x mod 11)\nproc {f}*(x: int): int =\n  for value in {f}I(x): result += value\n"
            ),
            Item::Text(n) => format!(
                "proc {f}*(x: int): int =\n  let text = \"literal {n} \" & $x\n  for c in text: result += ord(c)\n  result = result mod 10007\n"
            ),
            // The initialiser stays as it is: a global keeps its value, a fresh program computes it.
            Item::Global(n) => format!(
                "var {f}V*: seq[int]\nproc {f}*(x: int): int =\n  {f}V.add x + {n}\n  for value in {f}V: result += value\n  result = result mod 10007\n"
            ),
        }
    }

    /// What puts its state back to that of a fresh program.
    fn reset(&self, prefix: &str, number: usize) -> String {
        match self {
            Item::Global(_) => format!("  {prefix}{number}V = @[]\n"),
            _ => String::new(),
        }
    }
}

/// Three modules, the second of which includes a part.
pub(crate) struct Items {
    modules: [Vec<Option<Item>>; 3],
    comments: [usize; 3],
}

const NAMES: [&str; 3] = ["a", "b", "p"];

impl Model for Items {
    fn new(random: &mut Random) -> Items {
        let mut items = || (0..6).map(|_| Some(Item::random(random))).collect();
        Items {
            modules: [items(), items(), items()],
            comments: [0; 3],
        }
    }

    fn edit(&mut self, random: &mut Random) {
        let module = random.below(3);
        match random.below(8) {
            0 => self.comments[module] = random.below(100),
            1 => self.modules[module].push(Some(Item::random(random))),
            2 => {
                let at = random.below(self.modules[module].len());
                self.modules[module][at] = None;
            }
            _ => {
                let at = random.below(self.modules[module].len());
                self.modules[module][at] = Some(Item::random(random));
            }
        }
    }

    fn files(&self) -> Vec<(String, String)> {
        let mut before = Vec::new();
        let mut texts = Vec::new();
        for (at, name) in NAMES.iter().enumerate() {
            let mut text = "\n".repeat(self.comments[at] % 5);
            let _ = writeln!(text, "# comment {}", self.comments[at]);
            let (mut reset, mut run) = (String::new(), String::new());
            for (number, item) in self.modules[at].iter().enumerate() {
                let Some(item) = item else { continue };
                text += &item.text(name, number, &before);
                reset += &item.reset(name, number);
                before.push(format!("{name}{number}"));
                let _ = writeln!(
                    run,
                    "  echo \"{name}{number} \", {name}{number}(4), \" \", {name}{number}(9)"
                );
            }
            let _ = write!(
                text,
                "proc {name}Reset*() =\n  discard\n{reset}proc {name}Run*() =\n  discard\n{run}"
            );
            texts.push(text);
        }
        // `p` is a part of `b` that stands before it, so it sees what `a` has.
        let (b, p) = (texts[1].clone(), texts[2].clone());
        vec![
            ("a.nim".into(), texts[0].clone()),
            ("b.nim".into(), format!("import a\n{b}include p\n")),
            ("p.nim".into(), p),
            (
                "main.nim".into(),
                "import a, b\nproc run*() =\n  aReset()\n  bReset()\n  pReset()\n  aRun()\n  bRun()\n  pRun()\n".into(),
            ),
        ]
    }
}
