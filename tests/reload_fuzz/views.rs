//! Types that change under code which has addresses in their values, and reloads while it has them. What it writes has to arrive,
//! whether the version waits or not.

use std::fmt::Write as _;

use super::{Expect, Model, Random};

/// Types whose fields come and go. Those that count stay.
const TYPES: [(&str, &str, &[&str]); 6] = [
    ("Item", "object", &["hp: int", "tag: string"]),
    ("Inner", "object", &["a: int", "deep: seq[Item]"]),
    (
        "World",
        "object",
        &[
            "score: int",
            "name: string",
            "inner: Inner",
            "nums: seq[int]",
            "items: seq[Item]",
            "grid: seq[seq[int]]",
        ],
    ),
    (
        "Game",
        "ref object of RootObj",
        &["score: int", "best: Item", "list: array[2, Item]"],
    ),
    ("Level", "ref object of Game", &["depth: int"]),
    ("Node", "ref object", &["v: int", "next: Node"]),
];

/// What has a number that views lead to. The first three are the elements of `nums`.
const PLACES: [&str; 16] = [
    "world.nums[0]",
    "world.nums[1]",
    "world.nums[2]",
    "world.score",
    "world.inner.a",
    "world.inner.deep[0].hp",
    "world.items[1].hp",
    "world.grid[1][0]",
    "game.score",
    "game.best.hp",
    "game.list[1].hp",
    "level.score",
    "Level(level).depth",
    "head.next.v",
    "table[\"k\"].hp",
    "pair.b",
];

const STATE: &str = r#"
var
  world = World(name: "a name that is long", inner: Inner(deep: @[Item()]), nums: @[0, 0, 0], items: @[Item(), Item()], grid: @[@[0], @[0]])
  game = Game()
  level: Game = Level()
  head = Node(next: Node())
  table = {"k": Item(tag: "t")}.toTable
  pair: tuple[a: Item, b: int]
head.next.next = head
proc nums*(): var seq[int] = world.nums
proc name*(): lent string = world.name
"#;

const VIEWS: &str = r#"import state, std/hotcodereloading
var lengths*: int
proc pause() = performCodeReload()
proc reloads(by: int): int =
  pause()
  by
proc bump(x: var int; by: int) =
  pause()
  x += by
proc outer(x: var int; by: int) =
  bump(x, by - 1)
  x += 1
proc add(x: var int; y: int) = x += y
proc elements(by: int) =
  for n in mitems(nums()):
    pause()
    n += by
proc fill(all: var openArray[int]; by: int) =
  pause()
  for n in mitems(all): n += by
proc suspended(by: int) =
  let it = iterator (): int =
    for n in mitems(nums()):
      n += by
      yield n
  while true:
    discard it()
    if it.finished: break
    pause()
proc say(s: string; by: int) =
  pause()
  lengths += s.len + by
proc borrowed(by: int) =
  let s = name()
  pause()
  lengths += s.len + by
proc raises(x: var int; by: int) =
  try:
    pause()
    raise newException(ValueError, "")
  except ValueError: discard
  finally: x += by
template twice(place, by: untyped) =
  place += by - 1
  pause()
  place += 1
"#;

/// One use of a view: how, of which place, and what it adds.
#[derive(Clone, Copy)]
struct Visit {
    how: usize,
    place: usize,
    by: usize,
}

/// How many ways there are.
const WAYS: usize = 15;

impl Visit {
    fn random(random: &mut Random) -> Visit {
        Visit {
            how: random.below(WAYS),
            place: random.below(PLACES.len()),
            by: 1 + random.below(9),
        }
    }

    fn text(self) -> String {
        let Visit { how, place, by } = self;
        let place = format!("l{place}()");
        match how {
            0 => format!("bump({place}, {by})"),
            1 => format!("{place} += reloads({by})"),
            2 => format!("block:\n    let p = addr {place}\n    pause()\n    p[] += {by}"),
            3 => format!("outer({place}, {by})"),
            4 => format!(
                "block:\n    let p = addr {place}\n    let act = proc () = p[] += {by}\n    pause()\n    act()"
            ),
            5 => format!("add({place}, reloads({by}))"),
            6 => format!("block:\n    let now = {place}\n    {place} = now + reloads({by})"),
            7 => format!("raises({place}, {by})"),
            8 => format!("twice({place}, {by})"),
            9 => format!("elements({by})"),
            10 => format!("fill(nums(), {by})"),
            11 => format!("suspended({by})"),
            12 => format!("say(name(), {by})"),
            13 => format!("borrowed({by})"),
            _ => format!("fill(toOpenArray(nums(), 0, 2), {by})"),
        }
    }

    fn apply(self, values: &mut [usize], lengths: &mut usize) {
        match self.how {
            9..=11 | 14 => values[..3].iter_mut().for_each(|value| *value += self.by),
            12 | 13 => *lengths += "a name that is long".len() + self.by,
            _ => values[self.place] += self.by,
        }
    }
}

/// The state that a program keeps, and the versions of what works with it.
pub(crate) struct Views {
    /// Fields that do not count, of each type, with the place before which they stand.
    more: [Vec<(usize, usize)>; TYPES.len()],
    next: usize,
    visits: Vec<Visit>,
    /// Those of the version that runs.
    running: Vec<Visit>,
    values: [usize; PLACES.len()],
    lengths: usize,
}

impl Model for Views {
    const INSIDE: bool = true;

    fn new(random: &mut Random) -> Views {
        let visits: Vec<Visit> = (0..4).map(|_| Visit::random(random)).collect();
        Views {
            more: Default::default(),
            next: 0,
            running: visits.clone(),
            visits,
            values: [0; PLACES.len()],
            lengths: 0,
        }
    }

    fn edit(&mut self, random: &mut Random) {
        let fields = &mut self.more[random.below(TYPES.len())];
        match random.below(4) {
            0 if !fields.is_empty() => {
                fields.remove(random.below(fields.len()));
            }
            1 => {
                let at = random.below(self.visits.len());
                self.visits[at] = Visit::random(random);
            }
            _ => {
                self.next += 1;
                fields.push((random.below(4), self.next));
            }
        }
    }

    fn files(&self) -> Vec<(String, String)> {
        let mut state = String::from("import std/tables\ntype\n");
        for ((name, kind, fields), more) in TYPES.iter().zip(&self.more) {
            let _ = writeln!(state, "  {name}* = {kind}");
            for (at, field) in fields.iter().enumerate() {
                for (_, number) in more.iter().filter(|(place, _)| *place == at) {
                    let ty = ["int", "string", "seq[Item]", "array[3, int8]"][number % 4];
                    let _ = writeln!(state, "    more{number}: {ty}");
                }
                let _ = writeln!(state, "    {field}");
            }
        }
        state += STATE;
        let mut show = String::from("proc show*() = echo ");
        for (number, place) in PLACES.iter().enumerate() {
            let _ = writeln!(state, "proc l{number}*(): var int = {place}");
            let _ = write!(show, "{}{place}", if number > 0 { ", \" \", " } else { "" });
        }
        let mut views = format!("{VIEWS}proc visit*() =\n");
        for visit in &self.visits {
            let _ = writeln!(views, "  {}", visit.text());
        }
        let main = "import state, views\nproc run*() =\n  visit()\n  show()\n  echo lengths\n";
        vec![
            ("state.nim".into(), format!("{state}{show}\n")),
            ("views.nim".into(), views),
            ("main.nim".into(), main.into()),
        ]
    }

    fn reload(&mut self) -> Expect {
        for visit in &self.running {
            visit.apply(&mut self.values, &mut self.lengths);
        }
        self.running.clone_from(&self.visits);
        let values: Vec<String> = self.values.iter().map(ToString::to_string).collect();
        Expect::This(Ok(()), format!("{}\n{}\n", values.join(" "), self.lengths))
    }
}
