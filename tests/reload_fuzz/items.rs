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
    /// A hierarchy whose heirs and overrides come and go.
    Methods(usize),
    Converter(usize),
    /// Made by a template, or by a macro.
    Made(usize),
    /// A variable of a proc, of a generic one too, of one type or another.
    Local(usize),
    /// A generic type with other parameters, and a variable of it: another one, since values of one have no way to the other.
    GenericType(usize),
    /// A variable whose first value is not to be had, now and then.
    Raising(usize),
}

/// Types of variables, and what makes something of a number in one. Each has a way to the others.
const LOCALS: [(&str, &str); 4] = [
    ("tuple[a: int, b: string]", "it.a += x"),
    ("tuple[b: string, a: int]", "it.b.add 'b'"),
    ("tuple[a: int, c: seq[int], b: string]", "it.c.add x"),
    ("tuple[b: string]", "it.b.add $x"),
];

impl Item {
    fn random(random: &mut Random) -> Item {
        let n = random.below(50);
        match random.below(17) {
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
            10 => Item::Methods(n),
            11 => Item::Converter(n),
            12 => Item::Made(n),
            13 => Item::Local(n),
            14 => Item::GenericType(n),
            15 => Item::Raising(n),
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
            Item::Methods(n) => methods(&f, *n),
            Item::Converter(n) => format!(
                "type {f}W = object\n  n: {0}\nconverter {f}C*(x: int): {f}W = {f}W(n: {0}(x + {n}))\nproc {f}N(w: {f}W): int = int(w.n)\nproc {f}*(x: int): int = {f}N(x) * 2\n",
                ["int", "int64", "float"][n % 3]
            ),
            Item::Made(n) => {
                let body = format!("proc name*(x: int): int = x * {n} + arg");
                match n % 2 {
                    0 => format!(
                        "template {f}T(name: untyped; arg: static int) =\n  {body}\n{f}T({f}, {})\n",
                        n / 2
                    ),
                    _ => format!(
                        "macro {f}M(name: untyped; arg: static int): untyped =\n  let sum = newLit(arg + {n})\n  quote do:\n    proc `name`*(x: int): int = x * 7 + `sum`\n{f}M({f}, {})\n",
                        n / 2
                    ),
                }
            }
            Item::Local(n) => {
                let (ty, step) = LOCALS[n % LOCALS.len()];
                format!(
                    "proc {f}G*[T](x: T; again = false): int =\n  var it {{.global.}}: {ty}\n  var last {{.global.}}: T\n  if again: (reset(it); reset(last))\n  when T is int:\n    {step}\n  else:\n    reset it\n  result = len($it) + len($last)\n  last = x\nproc {f}*(x: int): int =\n  var own {{.global.}}: {ty}\n  if x == 0: reset own\n  template it: untyped = own\n  {step}\n  {f}G(x) + {f}G($x) + len($own)\n"
                )
            }
            Item::GenericType(n) => {
                let kind = n % 4;
                let (params, args) = [
                    ("T", "int"),
                    ("T, U", "int, string"),
                    ("T; N: static int", "int, 3"),
                    ("U, T", "string, int"),
                ][kind];
                let more = [
                    "",
                    "  other: U\n",
                    "  others: array[N, T]\n",
                    "  more: seq[U]\n",
                ][kind];
                format!(
                    "type {f}B*[{params}] = object\n  n: T\n{more}var {f}V{kind}*: {f}B[{args}]\nproc {f}*(x: int): int =\n  {f}V{kind}.n += x + {n}\n  {f}V{kind}.n + len($typeof({f}V{kind}))\n"
                )
            }
            Item::Raising(n) => format!(
                "proc {f}First(): int =\n  if {n} mod 10 == 3: raise newException(ValueError, \"{f}\")\n  5\nvar {f}V{n}* = {f}First()\nproc {f}*(x: int): int = x + {f}V{n}\n"
            ),
        }
    }

    /// What puts its state back to that of a fresh program.
    fn reset(&self, prefix: &str, number: usize) -> String {
        match self {
            Item::Global(_) => format!("  {prefix}{number}V = @[]\n"),
            Item::GenericType(n) => format!("  reset {prefix}{number}V{}\n", n % 4),
            Item::Local(_) => format!(
                "  discard {prefix}{number}(0)\n  discard {prefix}{number}G(0, true)\n  discard {prefix}{number}G(\"\", true)\n"
            ),
            _ => String::new(),
        }
    }
}

fn methods(f: &str, n: usize) -> String {
    let base = format!(
        "type\n  {f}A = ref object of RootObj\n  {f}B = ref object of {f}A\nmethod {f}M(a: {f}A; x: int): int {{.base.}} = x + {n}\n"
    );
    let heir = [
        String::new(),
        format!("method {f}M(b: {f}B; x: int): int = x * 2\n"),
        format!("type {f}C = ref object of {f}B\nmethod {f}M(c: {f}C; x: int): int = x * 3 + 1\n"),
        format!("type {f}C = ref object of {f}A\nmethod {f}M(c: {f}C; x: int): int = x - {n}\n"),
    ];
    let last = ["B", "B", "C", "C"][n % 4];
    format!(
        "{base}{}var {f}V*: seq[{f}A] = @[{f}A(), {f}B(), {f}{last}()]\nproc {f}*(x: int): int =\n  if {f}V.len > 3: {f}V.setLen 0\n  {f}V = @[{f}A(), {f}B(), {f}{last}()]\n  for each in {f}V: result += {f}M(each, x)\n",
        heir[n % 4]
    )
}

/// Three modules, the second of which includes a part.
pub(crate) struct Items {
    modules: [Vec<Option<Item>>; 3],
    comments: [usize; 3],
    /// The file of the first one has another name.
    renamed: bool,
}

const NAMES: [&str; 3] = ["a", "b", "p"];

impl Model for Items {
    fn new(random: &mut Random) -> Items {
        // The first version has to run.
        let mut first = || match Item::random(random) {
            Item::Raising(_) => Item::Raising(0),
            item => item,
        };
        let mut items = || (0..6).map(|_| Some(first())).collect();
        Items {
            modules: [items(), items(), items()],
            comments: [0; 3],
            renamed: false,
        }
    }

    fn edit(&mut self, random: &mut Random) {
        let module = random.below(3);
        match random.below(9) {
            8 => self.renamed = !self.renamed,
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
        let first = if self.renamed { "other" } else { "a" };
        vec![
            (
                format!("{first}.nim"),
                format!("import std/macros\n{}", texts[0]),
            ),
            (
                "b.nim".into(),
                format!("import {first}, std/macros\n{b}include p\n"),
            ),
            ("p.nim".into(), p),
            (
                "main.nim".into(),
                format!(
                    "import {first}, b\nproc run*() =\n  aReset()\n  bReset()\n  pReset()\n  aRun()\n  bRun()\n  pRun()\n"
                ),
            ),
        ]
    }
}
