//! Declarations that other modules see: constants, types, templates, generics, overloads. Each has several texts; an edit
//! chooses another one. Most users of a declaration do not name it: they get at it by way of others.

use super::{Model, Random};

/// What a declaration may look like.
type Slot = &'static [&'static str];

const BASE: &[Slot] = &[
    &[
        "const limit* = 3\n",
        "const limit* = 5\n",
        "template limit*: int = 4\n",
        "const limit* = 300'i16\n",
    ],
    &[
        "const hidden = 2\n",
        "const hidden = 7\n",
        "proc hidden(): int = limit.int + 1\n",
    ],
    &[
        "type Thing* = object\n  a*: int\n",
        "type Thing* = object\n  a*: int\n  b*: string\n",
        "type Thing* = object\n  b*: array[2, float]\n  a*: int\n",
        "type Thing* = object\n  a*: int16\n",
        "type Thing* = ref object\n  a*: int\n",
        "type Thing* = tuple[a: int]\n",
    ],
    &[
        "type Kind* = enum kA, kB\n",
        "type Kind* = enum kA, kB, kC\n",
        "type Kind* = enum kB, kA\n",
        "type Kind* = enum kA = \"first\", kB = 5\n",
    ],
    &[
        "proc make*(n: int): Thing = Thing(a: n)\n",
        "proc make*(n: int): Thing =\n  result = Thing(a: (n + hidden) mod 100)\n",
        "proc make*(n: int, more = 2): Thing = Thing(a: n * more)\n",
        "proc make*(n: int): Thing = (a: n)\n",
    ],
    &[
        "proc show*(x: Thing): string = \"<\" & $x.a & \">\"\n",
        "proc show*(x: Thing): string = \"thing \" & $x.a\n",
        "func show*[T](x: T): string = \"any \" & $x.a\n",
        "template show*(x: Thing): string = \"t\" & $(x.a + limit.int)\n",
    ],
    &[
        "proc size*(x: Thing): int = x.a.int\n",
        "proc size*(x: Thing): int {.inline.} = x.a.int + limit.int\n",
        "template size*(x: Thing): int = sizeof(x)\n",
        "proc size*(x: auto): int = sizeof(x) + hidden\n",
    ],
    &[
        "template twice*(x: untyped): untyped = x + x\n",
        "template twice*(x: untyped): untyped = x * hidden\n",
        "proc twice*(x: int): int = x * 2 + limit.int\n",
    ],
    &[
        "type Count* = int\n",
        "type Count* = int32\n",
        "type Count* = distinct int\nproc `$`*(c: Count): string = \"c\" & $c.int\n",
    ],
    &[
        "",
        "proc `==`*(x, y: Thing): bool = x.a mod 3 == y.a mod 3\n",
        "proc `$`*(x: Thing): string = \"(\" & show(x) & \")\"\n",
    ],
    &[
        "iterator each*(n: int): int =\n  for i in 0 ..< n: yield i\n",
        "iterator each*(n: int): int =\n  for i in countdown(n, 1): yield i * hidden\n",
    ],
];

const MID: &[Slot] = &[
    &[
        "const doubled* = twice(4)\n",
        "const doubled* = limit.int * 2\n",
        "const doubled* = 9\n",
    ],
    &[
        "type World* = object\n  things*: seq[Thing]\n  kind*: Kind\n",
        "type World* = object\n  kind*: Kind\n  things*: seq[Thing]\n  count*: int\n",
        "type World* = ref object\n  kind*: Kind\n  things*: seq[Thing]\n",
    ],
    &[
        "proc build*(n: int): World =\n  result = World(kind: kB)\n  for i in each(n): result.things.add make(i)\n",
        "proc build*(n: int): World =\n  result = World(kind: high(Kind))\n  for i in each(n + doubled mod 3): result.things.add make(i * 2)\n",
    ],
    &[
        "proc total*(w: World): int =\n  for thing in w.things: result += size(thing)\n",
        "proc total*[W](w: W): int =\n  for thing in w.things: result += size(thing) * 2\n",
    ],
    &[
        "proc best*[T](xs: seq[T]): T =\n  result = xs[0]\n  for x in xs:\n    if size(x) > size(result): result = x\n",
        "proc best*[T](xs: seq[T]): T = xs[^1]\n",
    ],
    &[
        "proc number*(n: int): Count = Count(n)\n",
        "proc number*(n: int): Count = Count(n + ord(kB))\n",
    ],
    &[
        "proc kinds*(): seq[Kind] =\n  for kind in Kind: result.add kind\n",
        "proc kinds*(): set[Kind] = {low(Kind) .. kB}\n",
    ],
    &[
        "template text*(body: untyped): string = \"[\" & $body & \"]\"\n",
        "template text*(body: untyped): string = $body & $doubled\n",
    ],
    &[
        "const table* = [limit.int, doubled]\n",
        "const table* = [doubled, 1, 2]\n",
    ],
];

const USER: &str = "import base, mid\n\
    import std/[sequtils, algorithm, tables, strutils]\n\
    proc one(): string =\n  let w = build(4)\n  $total(w) & \" \" & $w.things.len & \" \" & $w.kind\n\
    proc two(): string =\n  for kind in kinds(): result.add $kind & \",\" & $ord(kind)\n\
    proc three(): string =\n  text(number(3)) & text(doubled)\n\
    proc four(): string =\n  let w = build(5)\n  show(best(w.things)) & $w.things.mapIt(size(it))\n\
    proc five(): string =\n  var sums = initTable[string, int]()\n  for x in build(6).things: sums.mgetOrPut(show(x), 0) += size(x)\n  for key in sorted(toSeq(sums.keys)): result.add key & \"=\" & $sums[key]\n\
    proc six(): string =\n  let xs = build(3).things\n  $(xs[0] == xs[1]) & $xs.contains(xs[^1]) & $sizeof(xs[0]) & $xs\n\
    proc seven(): string =\n  for x in table: result.add $x & ' '\n\
    proc eight(): string =\n  case build(1).kind\n  of kA: \"a\"\n  of kB: \"b\"\n  else: \"other\"\n\
    proc nine(): string =\n  when compiles(build(1).count): \"counts\" else: \"does not\"\n\
    proc ten(w: auto): string = $total(w)\n\
    proc eleven(): string =\n  let show = proc (w: World): string = ten(w) & $deepest(w)\n  show(build(2))\n\
    var kept = build(2)\n\
    proc twelve(): string =\n  kept = build(3)\n  kept.things.add make(1)\n  $kept.things.len & $total(kept)\n\
    proc run*() =\n  for (name, text) in {\"1\": one(), \"2\": two(), \"3\": three(), \"4\": four(), \"5\": five(), \"6\": six(), \"7\": seven(), \"8\": eight(), \"9\": nine(), \"11\": eleven(), \"12\": twelve()}:\n    echo name, \": \", text\n";

const DEEP: &str = "import mid\n\
    proc deepest*(w: World): int =\n  var at = w.things.len\n  while at > 0:\n    dec at\n    result += at * ord(w.kind)\n";

/// Which text each declaration has.
pub(crate) struct Seen {
    base: Vec<usize>,
    mid: Vec<usize>,
    comment: usize,
}

fn text(slots: &[Slot], chosen: &[usize]) -> String {
    slots
        .iter()
        .zip(chosen)
        .map(|(texts, &at)| texts[at])
        .collect()
}

impl Model for Seen {
    fn new(_: &mut Random) -> Seen {
        Seen {
            base: vec![0; BASE.len()],
            mid: vec![0; MID.len()],
            comment: 0,
        }
    }

    fn edit(&mut self, random: &mut Random) {
        let at = random.below(BASE.len() + MID.len() + 1);
        let (chosen, slots, at) = if at < BASE.len() {
            (&mut self.base, BASE, at)
        } else if at - BASE.len() < MID.len() {
            (&mut self.mid, MID, at - BASE.len())
        } else {
            self.comment += 1;
            return;
        };
        // Back to the first one half of the time, which goes with any of the others: most versions should compile.
        let texts = slots[at];
        chosen[at] = match random.below(2) {
            0 => 0,
            _ => random.below(texts.len()),
        };
    }

    fn files(&self) -> Vec<(String, String)> {
        let base = text(BASE, &self.base);
        let mid = text(MID, &self.mid);
        let user = USER.replace("import base, mid\n", "import base, mid, deep\n");
        vec![
            ("base.nim".into(), format!("# {}\n{base}", self.comment)),
            ("mid.nim".into(), format!("import base\n{mid}")),
            ("deep.nim".into(), DEEP.into()),
            ("user.nim".into(), user),
            (
                "main.nim".into(),
                "import user\nproc run*() = user.run()\n".into(),
            ),
        ]
    }
}
