//! Values between Rust and Nim: what each kind becomes, and that layouts are compared.

use midair::source::Texts;
use midair::{Char, Error, Guest, Program};

fn program(text: &str) -> Program {
    let texts = Texts::new([("logic.nim", text)]);
    let program = Program::builder().provider(texts).load("logic.nim");
    program.unwrap_or_else(|error| panic!("{error}"))
}

fn error<T>(result: Result<T, Error>) -> String {
    match result {
        Ok(_) => panic!("it should have failed"),
        Err(error) => error.to_string(),
    }
}

#[derive(Guest, Clone, Copy, PartialEq, Debug, Default)]
#[repr(C)]
struct Point {
    x: f32,
    y: f32,
}

#[derive(Guest, Clone, Copy, PartialEq, Debug)]
#[repr(u8)]
enum Mood {
    Calm,
    Angry = 3,
}

#[derive(Guest, Clone, Copy, PartialEq, Debug)]
#[repr(C)]
struct Player {
    pos: Point,
    lives: i32,
    mood: Mood,
    #[guest(name = "items")]
    bag: [u16; 3],
}

const PLAYER: &str = "
type
  Point* = object
    x*, y*: float32
  Mood* = enum calm, angry = 3
  Player* = object
    pos*: Point
    lives*: int32
    mood*: Mood
    items*: array[3, uint16]
";

fn hero() -> Player {
    Player {
        pos: Point { x: 1.0, y: 2.0 },
        lives: 3,
        mood: Mood::Calm,
        bag: [7, 8, 9],
    }
}

#[test]
fn structs_and_enums_are_shared_by_value_and_by_reference() {
    let program = program(&format!(
        "{PLAYER}
proc hit*(p: var Player, by: int): bool =
  p.lives -= int32(by)
  p.mood = angry
  p.items[1] += 1
  p.pos.x += 0.5
  p.lives <= 0
proc moved*(p: Player, dx: float32): Player =
  result = p
  result.pos.x += dx
proc total*(p: Player): int = p.items[0].int + p.items[1].int + p.items[2].int
proc turn*(m: Mood): Mood =
  if m == calm: angry else: calm
proc sum*(ps: openArray[Point]): float32 =
  for p in ps: result += p.x * p.y
proc shift*(ps: var openArray[Point], by: float32) =
  for p in ps.mitems: p.x += by
"
    ));
    let hit = program
        .proc::<fn(&mut Player, i64) -> bool>("logic", "hit")
        .unwrap();
    let mut player = hero();
    assert!(!hit.call(&mut player, 2).unwrap());
    assert!(hit.call(&mut player, 1).unwrap());
    let expected = Player {
        pos: Point { x: 2.0, y: 2.0 },
        lives: 0,
        mood: Mood::Angry,
        bag: [7, 10, 9],
    };
    assert_eq!(player, expected);
    let moved = program
        .proc::<fn(Player, f32) -> Player>("logic", "moved")
        .unwrap();
    assert_eq!(moved.call(player, 4.0).unwrap().pos.x, 6.0);
    let total = program
        .proc::<fn(&Player) -> i64>("logic", "total")
        .unwrap();
    assert_eq!(total.call(&player).unwrap(), 26);
    let turn = program.proc::<fn(Mood) -> Mood>("logic", "turn").unwrap();
    assert_eq!(turn.call(Mood::Calm).unwrap(), Mood::Angry);
    assert_eq!(turn.call(Mood::Angry).unwrap(), Mood::Calm);
    let mut points = [Point { x: 1.0, y: 2.0 }, Point { x: 3.0, y: 4.0 }];
    let sum = program.proc::<fn(&[Point]) -> f32>("logic", "sum").unwrap();
    assert_eq!(sum.call(&points).unwrap(), 14.0);
    assert_eq!(sum.call(&[]).unwrap(), 0.0);
    let shift = program
        .proc::<fn(&mut [Point], f32)>("logic", "shift")
        .unwrap();
    shift.call(&mut points[1..], 10.0).unwrap();
    assert_eq!(points[1].x, 13.0);
    assert_eq!(points[0].x, 1.0);
}

#[test]
fn layouts_are_compared_by_name_type_and_offset() {
    let wrong = |declaration: &str| {
        let program = program(&format!(
            "{}\nproc total*(p: Player): int = p.lives.int",
            declaration
        ));
        error(program.proc::<fn(&Player) -> i64>("logic", "total"))
    };
    let renamed = wrong(&PLAYER.replace("lives*: int32", "lives*: int32\n    extra*: int32"));
    assert!(
        renamed.contains("field 2 is extra: int32 in Player and mood: Mood in the struct Player"),
        "{renamed}"
    );
    let typed = wrong(&PLAYER.replace("lives*: int32", "lives*: int64"));
    assert!(
        typed.contains("Player.lives is int64 in Nim and i32 in the struct Player"),
        "{typed}"
    );
    let nested = wrong(&PLAYER.replace("x*, y*: float32", "x*: float32\n    y*: float"));
    assert!(
        nested.contains("Point.y is float in Nim and f32 in the struct Point"),
        "{nested}"
    );
    let constants = wrong(&PLAYER.replace("angry = 3", "angry = 2"));
    assert!(constants.contains("angry = 2"), "{constants}");
    let missing = wrong(&PLAYER.replace("    items*: array[3, uint16]\n", ""));
    assert!(
        missing.contains("items: [u16; 3] of the struct Player is not in Player"),
        "{missing}"
    );
    let packed = wrong(&PLAYER.replace("Player* = object", "Player* {.packed.} = object"));
    assert!(
        packed.contains("Player.items is at offset 13 in Nim and at 14 in the struct Player"),
        "{packed}"
    );
    assert!(
        packed.contains("logic.nim(") && packed.contains("proc total(Player): int"),
        "{packed}"
    );
}

#[test]
fn a_layout_that_changes_in_a_reload_is_an_error_until_it_is_back() {
    let text = format!("{PLAYER}\nproc total*(p: Player): int = p.lives.int");
    let texts = Texts::new([("logic.nim", &text)]);
    let program = Program::builder()
        .provider(texts.clone())
        .load("logic.nim")
        .unwrap();
    let total = program
        .proc::<fn(&Player) -> i64>("logic", "total")
        .unwrap();
    assert_eq!(total.call(&hero()).unwrap(), 3);
    texts.set(
        "logic.nim",
        text.replace("lives*: int32", "lives*: float32"),
    );
    program.reload().unwrap();
    let changed = total.call(&hero()).unwrap_err();
    assert!(changed.is_signature_mismatch(), "{changed}");
    assert!(
        changed
            .to_string()
            .contains("Player.lives is float32 in Nim and i32 in the struct Player"),
        "{changed}"
    );
    assert!(total.check().is_err());
    texts.set("logic.nim", &text);
    program.reload().unwrap();
    assert_eq!(total.call(&hero()).unwrap(), 3);
}

#[test]
fn sequences_tuples_options_and_arrays_travel() {
    let program = program(
        "import std/options
proc doubled*(xs: seq[int]): seq[int] =
  for x in xs: result.add 2 * x
proc joined*(words: seq[string], by: string): string =
  for i, word in words:
    if i > 0: result.add by
    result.add word
proc split*(text: string): seq[string] =
  var word = \"\"
  for c in text:
    if c == ' ':
      result.add word
      word = \"\"
    else: word.add c
  result.add word
proc swap*(pair: (int32, string)): (string, int32) = (pair[1], pair[0])
proc half*(x: int): Option[int] =
  if x mod 2 == 0: some(x div 2) else: none(int)
proc orElse*(x: Option[string], other: string): string = x.get(other)
proc first*(xs: array[3, string]): string = xs[0]
proc fill*(x: int16): array[4, int16] = [x, x, x, x]
proc upper*(c: char): char = chr(ord(c) - 32)
proc nested*(xs: seq[seq[(int, Option[float])]]): int =
  for x in xs:
    for (n, f) in x:
      if f.isSome: result += n
proc grow*(s: var string, xs: var seq[int]) =
  s.add \"!\"
  xs.add xs.len
proc address*(p: Option[pointer]): bool = p.isSome
",
    );
    macro_rules! call {
        ($ty:ty, $name:literal, $($arg:expr),*) => {
            program.proc::<$ty>("logic", $name).unwrap().call($($arg),*).unwrap()
        };
    }
    assert_eq!(
        call!(fn(Vec<i64>) -> Vec<i64>, "doubled", &[1, 2, 3]),
        [2, 4, 6]
    );
    assert_eq!(call!(fn(Vec<i64>) -> Vec<i64>, "doubled", &[]), [0i64; 0]);
    let words = ["ab".to_owned(), String::new(), "c".to_owned()];
    assert_eq!(
        call!(fn(Vec<String>, &str) -> String, "joined", &words, "-"),
        "ab--c"
    );
    assert_eq!(
        call!(fn(&str) -> Vec<String>, "split", "a bc  d"),
        ["a", "bc", "", "d"]
    );
    let swapped = call!(
        fn((i32, String)) -> (String, i32),
        "swap",
        (5, "five".into())
    );
    assert_eq!(swapped, ("five".into(), 5));
    assert_eq!(call!(fn(i64) -> Option<i64>, "half", 6), Some(3));
    assert_eq!(call!(fn(i64) -> Option<i64>, "half", 7), None);
    assert_eq!(
        call!(
            fn(Option<String>, &str) -> String,
            "orElse",
            Some("x".into()),
            "y"
        ),
        "x"
    );
    assert_eq!(
        call!(fn(Option<String>, &str) -> String, "orElse", None, "y"),
        "y"
    );
    let three = ["p".to_owned(), "q".to_owned(), "r".to_owned()];
    assert_eq!(call!(fn([String; 3]) -> String, "first", three), "p");
    assert_eq!(call!(fn(i16) -> [i16; 4], "fill", -2), [-2; 4]);
    assert_eq!(call!(fn(Char) -> Char, "upper", Char(b'x')), Char(b'X'));
    let nested = vec![
        vec![(1, Some(0.5)), (10, None)],
        vec![],
        vec![(100, Some(1.0))],
    ];
    assert_eq!(
        call!(fn(Vec<Vec<(i64, Option<f64>)>>) -> i64, "nested", &nested),
        101
    );
    let (mut text, mut numbers) = ("a".to_owned(), vec![7i64]);
    call!(
        fn(&mut String, &mut Vec<i64>),
        "grow",
        &mut text,
        &mut numbers
    );
    assert_eq!((text.as_str(), &numbers[..]), ("a!", &[7, 1][..]));
    assert!(!call!(fn(Option<*mut u8>) -> bool, "address", None));
    assert!(call!(
        fn(Option<*mut u8>) -> bool,
        "address",
        Some(8 as *mut u8)
    ));
}

#[test]
fn nothing_stays_in_the_programs_heap() {
    let program = program(
        "proc work*(words: seq[string], pair: (string, seq[int])): seq[string] =
  result = words
  result.add pair[0]
proc fail*(words: seq[string]): string = raise newException(ValueError, words[0])
",
    );
    type Work = fn(Vec<String>, (String, Vec<i64>)) -> Vec<String>;
    let work = program.proc::<Work>("logic", "work").unwrap();
    let fail = program
        .proc::<fn(Vec<String>) -> String>("logic", "fail")
        .unwrap();
    let words: Vec<String> = (0..20).map(|i| format!("word {i}")).collect();
    let once = || {
        let made = work.call(&words, ("last".into(), vec![1, 2])).unwrap();
        assert_eq!(made.last().unwrap(), "last");
        assert!(fail.call(&words).is_err());
    };
    once();
    let before = program.memory().live_blocks;
    for _ in 0..50 {
        once();
    }
    assert_eq!(program.memory().live_blocks, before);
}

#[test]
fn a_pair_travels_where_registers_end() {
    let program = program(
        "proc all*(a, b, c, d: int, xs: openArray[int], e: float, ys: openArray[float32], f: int): string =
  result = $a & $b & $c & $d & \" \" & $xs.len & \" \" & $xs[^1] & \" \" & $e & \" \" & $ys[0] & \" \" & $f
",
    );
    type All = fn(
        i64,
        i64,
        i64,
        i64,
        midair::host::Slice<i64>,
        f64,
        midair::host::Slice<f32>,
        i64,
    ) -> String;
    let all = program.proc::<All>("logic", "all").unwrap();
    let text = all.call(1, 2, 3, 4, &[5, 6], 0.5, &[0.25], 7).unwrap();
    assert_eq!(text, "1234 2 6 0.5 0.25 7");
}

#[test]
fn overloads_are_named_by_their_nim_types() {
    let program = program(
        "type Level = range[0..9]
proc show*(x: int): string = \"int\"
proc show*(x: Level): string = \"level\"
proc show*(x: var int): string = \"var\"
",
    );
    let name = |name: &str| {
        let show = program.proc::<fn(i64) -> String>("logic", name);
        show.map(|show| show.call(3).unwrap())
    };
    assert_eq!(name("show").unwrap(), "int");
    assert_eq!(name("show(int)").unwrap(), "int");
    assert_eq!(name("show(Level)").unwrap(), "level");
    let other = error(name("show(float)"));
    assert!(
        other.contains("cannot be called as fn(i64) -> String, in Nim proc show(int): string"),
        "{other}"
    );
    assert!(
        other.contains("logic.nim(4): proc show(var int): string, in Rust fn(&mut i64) -> String"),
        "{other}"
    );
    let show = program
        .proc::<fn(&mut i64) -> String>("logic", "show")
        .unwrap();
    assert_eq!(show.call(&mut 3).unwrap(), "var");
}

#[derive(Guest, Clone, PartialEq, Debug)]
struct Letter {
    urgent: bool,
    to: String,
    #[guest(name = "cc")]
    copies: Vec<(String, u8)>,
    body: Option<Vec<u8>>,
    weight: f32,
}

#[derive(Guest, Clone, PartialEq, Debug)]
struct Mailbox {
    owner: String,
    letters: Vec<Letter>,
}

const MAIL: &str = "
import std/options
type
  Letter* = object
    urgent*: bool
    to*: string
    cc*: seq[(string, uint8)]
    body*: Option[seq[byte]]
    weight*: float32
  Mailbox* = object
    owner*: string
    letters*: seq[Letter]
var box* = Mailbox(owner: \"ada\")
proc put*(letter: Letter): int =
  box.letters.add letter
  box.letters.len
proc first*(): Letter = box.letters[0]
proc answer*(m: Mailbox): Mailbox =
  result = m
  for letter in result.letters.mitems:
    letter.to.add \"!\"
    letter.body = some(@[1'u8])
";

#[test]
fn structs_with_texts_and_lists_are_copied_field_by_field() {
    let texts = Texts::new([("logic.nim", MAIL)]);
    let builder = Program::builder().provider(texts.clone());
    let program = builder.load("logic.nim").unwrap();
    let put = program.proc::<fn(Letter) -> i64>("logic", "put").unwrap();
    let first = program.proc::<fn() -> Letter>("logic", "first").unwrap();
    let answer = program
        .proc::<fn(Mailbox) -> Mailbox>("logic", "answer")
        .unwrap();
    let letter = Letter {
        urgent: true,
        to: "eve".into(),
        copies: vec![("bob".into(), 3), ("".into(), 0)],
        body: Some(vec![9; 100]),
        weight: 1.5,
    };
    let mail = program.global::<Mailbox>("logic", "box").unwrap();
    let empty = Mailbox {
        owner: "ada".into(),
        letters: vec![],
    };
    mail.set(&empty).unwrap();
    let blocks = program.usage().live_blocks;
    assert_eq!(put.call(letter.clone()).unwrap(), 1);
    assert_eq!(first.call().unwrap(), letter);
    let mut expected = mail.get().unwrap();
    assert_eq!((&*expected.owner, expected.letters.len()), ("ada", 1));
    let answered = answer.call(expected.clone()).unwrap();
    expected.letters[0].to = "eve!".into();
    expected.letters[0].body = Some(vec![1]);
    assert_eq!(answered, expected);
    mail.set(&empty).unwrap();
    assert_eq!(program.usage().live_blocks, blocks);

    // Another layout is found out after a reload, and the handle works again with the old one.
    texts.set(
        "logic.nim",
        MAIL.replace("weight*: float32", "weight*: float"),
    );
    program.reload().unwrap();
    let error = put.call(letter.clone()).unwrap_err();
    assert!(error.is_signature_mismatch(), "{error}");
    assert!(error.to_string().contains("weight"), "{error}");
    texts.set("logic.nim", MAIL);
    program
        .reload_with(&midair::Afresh {
            reset: vec!["logic.box".into()],
            ..Default::default()
        })
        .unwrap();
    assert_eq!(put.call(letter).unwrap(), 1);
}
