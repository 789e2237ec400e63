//! State that is kept: what the values of a program become when its types and variables are edited.
//!
//! The [values](values) are carried along beside the program, by the rules of the contract, and what the program shows of its own
//! must be the same. A version may also be one that has to be refused: then everything is as it was. Between reloads each version
//! changes its values, with statements that are part of its text.

mod around;
mod edits;
mod steps;
mod text;
mod types;
mod values;

use std::fmt::Write as _;

use self::around::{Counter, Extra};
use self::types::{Field, Object, Schema, Type};
use self::values::{Heap, Migration, Value, evaluate};
use super::{Expect, Model, Random};

/// Prints values in a form that does not depend on where anything lies.
const SHOW: &str = include_str!("show.nim");

const IMPORTS: &str =
    "import std/[tables, sets, packedsets, options, deques, heapqueue, hashes, hotcodereloading]\n";

/// A variable of the program.
#[derive(Clone)]
struct Global {
    name: String,
    ty: Type,
    first: Value,
    /// Is it to be in the module `store`?
    stored: bool,
}

impl Global {
    /// The module that it is in, which is part of what it is.
    fn module(&self) -> &'static str {
        match self.ty {
            // What makes their values is in `state`.
            Type::Closure | Type::Iterator | Type::Holds(..) => "state",
            _ if self.stored => "store",
            _ => "state",
        }
    }
}

/// What is wrong with a version, on purpose.
#[derive(Clone, Copy, PartialEq)]
enum Flaw {
    Raises,
    /// The *before* handler does, once.
    BeforeRaises,
    AfterRaises,
    HalfWritten,
    Missing,
    MissingInclude,
}

/// The text of a program.
#[derive(Clone)]
struct Version {
    schema: Schema,
    globals: Vec<Global>,
    counters: Vec<Counter>,
    extras: Vec<Extra>,
    /// Are there handlers, before and after?
    handlers: [bool; 2],
    /// Procs that say their version, and the module that they are in.
    helpers: Vec<(String, u32, usize)>,
    /// Which overloads of `pick` there are, besides the generic one.
    picks: [bool; 2],
    /// Statements between declarations.
    noise: Vec<(usize, u32)>,
    imports: [bool; 3],
    included: bool,
    made: u32,
    steps: Vec<steps::Step>,
    number: u32,
    flaw: Option<Flaw>,
}

/// What the program has in memory.
#[derive(Clone, Default)]
struct State {
    globals: Vec<(String, Value)>,
    counters: Vec<(String, i64)>,
    extras: Vec<(String, i64)>,
    log: Vec<String>,
    /// The version whose *before* handler has raised last.
    raised: u32,
    heap: Heap,
    /// The version whose steps were run last.
    done: u32,
}

pub(crate) struct Kept {
    text: Version,
    live: Version,
    state: State,
    /// What a reload would make of the state.
    next: Result<State, Refused>,
    /// The text that was tried last.
    tried: Vec<(String, String)>,
}

/// Why there is no next version.
#[derive(Clone)]
struct Refused {
    why: String,
    /// It is found when *before* handlers have run.
    late: bool,
    /// The *after* handler of the new version has run too.
    after: bool,
    /// Counters that initialisers have used by then.
    used: Vec<String>,
}

impl Refused {
    fn new(why: String, late: bool) -> Refused {
        Refused {
            why,
            late,
            after: false,
            used: Vec::new(),
        }
    }
}

impl Model for Kept {
    fn new(random: &mut Random) -> Kept {
        let text = Version::new(random);
        let next = Ok(text.first());
        let mut kept = Kept {
            live: text.clone(),
            text,
            state: State::default(),
            next,
            tried: Vec::new(),
        };
        kept.look_ahead(random);
        kept.state = kept.next.clone().ok().expect("a first version runs");
        kept.live = kept.text.clone();
        kept.tried = kept.files();
        kept
    }

    fn edit(&mut self, random: &mut Random) {
        if self.next.is_err() {
            self.text = self.live.clone();
        }
        self.text.edit(random);
        self.look_ahead(random);
    }

    fn files(&self) -> Vec<(String, String)> {
        self.text.files()
    }

    fn reload(&mut self) -> Expect {
        let accepted = match &self.next {
            Ok(next) => {
                self.state = next.clone();
                self.live = self.text.clone();
                Ok(())
            }
            Err(refused) => {
                if refused.late && self.tried != self.text.files() {
                    self.live.handler(true, &mut self.state);
                    if refused.after {
                        self.text.handler(false, &mut self.state);
                    }
                    let counters = self.state.counters.iter_mut();
                    for counter in counters.filter(|one| refused.used.contains(&one.0)) {
                        counter.1 += refused
                            .used
                            .iter()
                            .filter(|name| **name == counter.0)
                            .count() as i64;
                    }
                }
                Err(refused.why.clone())
            }
        };
        self.tried = self.text.files();
        let mut printed = String::new();
        self.live.show(&mut self.state, &mut printed);
        if self.state.done != self.live.number {
            self.state.done = self.live.number;
            self.live.run_steps(&mut self.state);
        }
        self.live.show(&mut self.state, &mut printed);
        // Without an edit all stays as it is.
        if let Ok(next) = &mut self.next {
            *next = self.state.clone();
        }
        Expect::This(accepted, printed)
    }
}

impl Kept {
    /// Works out what a reload comes to, and chooses what the new version does with its values.
    fn look_ahead(&mut self, random: &mut Random) {
        self.text.number = self.text.schema.next;
        self.text.schema.next += 1;
        self.next = match self.state.globals.is_empty() {
            true => Ok(self.text.first()),
            false => self.text.after(&self.live, &self.state),
        };
        self.text.steps = match &self.next {
            Ok(next) => self.text.random_steps(random, next.clone()),
            Err(_) => Vec::new(),
        };
    }
}

impl Version {
    fn new(random: &mut Random) -> Version {
        let mut schema = Schema::default();
        for _ in 0..2 {
            let id = schema.next;
            let constants = (0..3 + random.below(2)).map(|_| schema.name("k")).collect();
            schema.enums.insert(id, constants);
        }
        for _ in 0..2 {
            let id = schema.next;
            let bits = 16 << random.below(2);
            let kinds = [
                Type::Text,
                Type::Int { signed: true, bits },
                Type::Float(32),
            ];
            schema.distincts.insert(id, kinds[random.below(3)].clone());
            schema.name("d");
        }
        schema.key.fields.push(Field {
            name: "id".into(),
            ty: Type::Int {
                signed: true,
                bits: 32,
            },
            default: None,
        });
        schema.objects.insert(0, Object::default());
        schema.refs.insert(0, Object::default());
        for id in 1..3 {
            let mut object = Object::default();
            for _ in 0..1 + random.below(3) {
                let field = schema.random_field(random, 1);
                // Values of objects do not contain themselves.
                if !edits::names_object(&field.ty) {
                    object.fields.push(field);
                }
            }
            schema.objects.insert(id, object);
        }
        schema.objects.remove(&0);
        let variant = edits::random_variant(&mut schema, random);
        schema.objects.get_mut(&2).expect("it is there").variant = Some(variant);
        for id in 1..3 {
            let fields = (0..2).map(|_| schema.random_field(random, 1)).collect();
            schema.refs.insert(
                id,
                Object {
                    fields,
                    variant: None,
                },
            );
        }
        let own = Field {
            name: "next".into(),
            ty: Type::Ref(1),
            default: None,
        };
        schema
            .refs
            .get_mut(&1)
            .expect("it is there")
            .fields
            .push(own);
        schema.refs.remove(&0);
        schema.each_type(&mut |ty| {
            if *ty == Type::Ref(0) {
                *ty = Type::Ref(2);
            }
            edits::replace(ty, &Type::Ref(0), &Type::Ref(2));
            edits::replace(ty, &Type::Object(0), &Type::Text);
        });
        let mut version = Version {
            schema,
            globals: Vec::new(),
            counters: Vec::new(),
            extras: Vec::new(),
            handlers: [true; 2],
            helpers: Vec::new(),
            picks: [false; 2],
            noise: Vec::new(),
            imports: [false; 3],
            included: false,
            made: 1,
            steps: Vec::new(),
            number: 0,
            flaw: None,
        };
        for ty in [Type::Closure, Type::Iterator] {
            version.add_global(random, ty);
        }
        for _ in 0..4 + random.below(4) {
            let ty = version.random_global(random);
            version.add_global(random, ty);
        }
        for _ in 0..2 {
            version.edit_counters(random);
        }
        version
    }

    /// The values that a program has when it starts.
    fn first(&self) -> State {
        let mut state = State::default();
        for global in &self.globals {
            let value = evaluate(&global.first, &mut state.heap, &self.code());
            state.globals.push((global.name.clone(), value));
        }
        let counters = self.counters.iter();
        state.counters = counters
            .map(|one| (one.name.clone(), one.first()))
            .collect();
        self.join(&State::default(), &mut state);
        state
    }

    /// What closures that are made now show of their code.
    fn code(&self) -> String {
        format!("v{}", self.made)
    }

    /// The values of a version after this one has taken its place, and handlers have run.
    fn after(&self, old: &Version, state: &State) -> Result<State, Refused> {
        self.check(old, state)
            .map_err(|why| Refused::new(why, false))?;
        let mut state = state.clone();
        let raises = old.raises_before(&state);
        old.handler(true, &mut state);
        if raises {
            return Err(Refused::new("a handler raises".into(), true));
        }
        let mut next = self
            .migrated(old, &state)
            .map_err(|why| Refused::new(why, true))?;
        let failed = match self.flaw {
            Some(Flaw::Raises) => "an initialiser raises",
            Some(Flaw::AfterRaises) if self.handlers[1] => "a handler raises",
            _ => {
                self.handler(false, &mut next);
                return Ok(next);
            }
        };
        Err(Refused {
            used: self.used_by_joining(&state),
            after: self.flaw == Some(Flaw::AfterRaises),
            ..Refused::new(failed.into(), true)
        })
    }

    /// What is wrong with a version that is to take the place of another, so far as it shows before anything runs.
    fn check(&self, old: &Version, state: &State) -> Result<(), String> {
        if let Some(Flaw::HalfWritten | Flaw::Missing | Flaw::MissingInclude) = self.flaw {
            return Err("it does not compile".into());
        }
        let mut migration = Migration::new(&old.schema, &self.schema, &state.heap);
        for global in &self.globals {
            if let Some(was) = old.global(global) {
                let types = migration.types(&was.ty, &global.ty);
                types.map_err(|why| format!("{}: {why}", global.name))?;
            }
        }
        Ok(())
    }

    /// The same variable in this version.
    fn global(&self, of_other: &Global) -> Option<&Global> {
        let is_it = |one: &&Global| one.name == of_other.name && one.module() == of_other.module();
        self.globals.iter().find(is_it)
    }

    fn migrated(&self, old: &Version, state: &State) -> Result<State, String> {
        let mut migration = Migration::new(&old.schema, &self.schema, &state.heap);
        let mut next = State {
            done: state.done,
            log: state.log.clone(),
            raised: state.raised,
            ..State::default()
        };
        // What is in both first: its values may be refused.
        let mut kept = Vec::new();
        for global in &self.globals {
            let was = old.global(global).map(|was| {
                let value = state.globals.iter().find(|one| one.0 == global.name);
                (&was.ty, &value.expect("all have values").1)
            });
            kept.push(match was {
                Some((ty, value)) => {
                    let value = migration.value((ty, &global.ty), value);
                    Some(value.map_err(|why| format!("{}: {why}", global.name))?)
                }
                None => None,
            });
        }
        let mut heap = migration.made;
        for (global, kept) in self.globals.iter().zip(kept) {
            let value = match kept {
                Some(value) => value,
                None => evaluate(&global.first, &mut heap, &self.code()),
            };
            next.globals.push((global.name.clone(), value));
        }
        next.heap = heap;
        for counter in &self.counters {
            let known = state.counters.iter().find(|one| one.0 == counter.name);
            let value = known.map_or(counter.first(), |known| known.1);
            next.counters.push((counter.name.clone(), value));
        }
        self.join(state, &mut next);
        Ok(next)
    }

    /// What `show` of the program prints; closures and counters go on with it.
    fn show(&self, state: &mut State, to: &mut String) {
        for global in &self.globals {
            let place = state.globals.iter().position(|one| one.0 == global.name);
            let value = &mut state.globals[place.expect("all have values")].1;
            if let Value::Code(_, at) = value {
                *at += 1;
            }
            let shown = self.schema.show(&global.ty, value, &state.heap, 0);
            let _ = writeln!(to, "{}: {shown}", global.name);
        }
        for counter in &self.counters {
            let place = state.counters.iter_mut().find(|one| one.0 == counter.name);
            let value = &mut place.expect("all have values").1;
            *value += 1;
            let _ = writeln!(to, "{}: {value}", counter.name);
        }
        for (name, value) in &mut state.extras {
            *value += 1;
            let _ = writeln!(to, "{name}: {value}");
        }
        for (name, text, _) in &self.helpers {
            let _ = writeln!(to, "{name} {text}");
        }
        let _ = writeln!(to, "{}", state.log.join(" "));
        let int = if self.picks[0] { "int" } else { "any" };
        let text = if self.picks[1] { "string" } else { "any" };
        let _ = writeln!(to, "{int} {text}");
    }

    fn files(&self) -> Vec<(String, String)> {
        let module = |number: usize| self.module_text(number);
        let mut types = String::from(IMPORTS);
        types += "import show, base\nexport base\n";
        let (head, tail) = match self.included {
            true => ("include part\n".to_owned(), self.schema.text()),
            false => (self.schema.text(), String::from("# nothing\n")),
        };
        types += &head;
        let mut files = vec![
            ("show.nim".into(), SHOW.into()),
            ("base.nim".into(), self.schema.away_text()),
            ("part.nim".into(), tail),
            ("types.nim".into(), types),
            ("left.nim".into(), module(0)),
            ("right.nim".into(), module(1)),
            ("store.nim".into(), self.store_text()),
            ("state.nim".into(), self.state_text()),
            (
                "main.nim".into(),
                "import state\nproc run*() = state.run()\n".into(),
            ),
        ];
        let extras = self.extras.iter();
        files.extend(extras.map(|extra| (format!("{}.nim", extra.name), extra.text(self))));
        match self.flaw {
            Some(Flaw::Missing) => files.retain(|file| file.0 != "left.nim"),
            Some(Flaw::MissingInclude) => files.retain(|file| file.0 != "part.nim"),
            _ => {}
        }
        files
    }

    /// The procs of one of two modules, between which they move.
    fn module_text(&self, number: usize) -> String {
        let mut text = String::from(
            "template counted(first: int): int =\n  var count {.global.} = first\n  inc count\n  count\n",
        );
        for (name, said, module) in &self.helpers {
            if *module == number {
                let _ = writeln!(text, "proc {name}*(): string = \"{name} {said}\"");
            }
        }
        for counter in self.counters.iter().filter(|one| one.module == number) {
            text += &counter.text();
        }
        text
    }

    /// The variables that are not among what uses them.
    fn store_text(&self) -> String {
        let stored = self.globals.iter().filter(|one| one.module() == "store");
        let text: String = stored.map(|global| self.declaration(global)).collect();
        format!("{IMPORTS}import show, types\n{text}")
    }

    fn declaration(&self, global: &Global) -> String {
        let ty = self.schema.written(&global.ty);
        let first = self.schema.literal(&global.ty, &global.first);
        format!("var {}*: {ty} = {first}\n", global.name)
    }

    fn state_text(&self) -> String {
        let mut text = String::from(IMPORTS);
        text +=
            "import show, types, left, right, store\nexport store\nfrom std/strutils import join\n";
        for (wanted, name) in self.imports.iter().zip(["strutils", "math", "sequtils"]) {
            if *wanted {
                let _ = writeln!(text, "import std/{name}");
            }
        }
        for extra in &self.extras {
            let _ = writeln!(text, "import {}", extra.name);
        }
        text += &self.handlers_text();
        let made = self.made;
        let _ = write!(
            text,
            "proc made(first: int): proc (): string =\n  var at = first\n  result = proc (): string =\n    inc at\n    \"v{made} \" & $at\n\
             proc counting(first: int): iterator (): string =\n  result = iterator (): string =\n    var at = first\n    while true:\n      inc at\n      yield \"v{made} \" & $at\n\
             proc keeping[T](x: T): proc (): string =\n  mixin show\n  result = proc (): string = show(x)\n\
             proc holding[T](x: T): iterator (): string =\n  mixin show\n  result = iterator (): string =\n    var at = x\n    while true: yield show(at)\n\
             proc pick[T](x: T): string = \"any\"\n"
        );
        if self.picks[0] {
            text += "proc pick(x: int): string = \"int\"\n";
        }
        if self.picks[1] {
            text += "proc pick(x: string): string = \"string\"\n";
        }
        for (at, global) in self.globals.iter().enumerate() {
            for (_, number) in self.noise.iter().filter(|noise| noise.0 == at) {
                text += match number % 4 {
                    0 => "for i in 0 .. 2: discard i\n",
                    1 => "echo \"not again\"\n",
                    2 => "# a comment\n\n",
                    _ => "block:\n  let unused = 1\n  discard unused\n",
                };
            }
            if global.module() == "state" {
                text += &self.declaration(global);
            }
        }
        match self.flaw {
            Some(Flaw::Raises) => {
                text += "proc raises(): int = raise newException(ValueError, \"no\")\nvar bad = raises()\n"
            }
            Some(Flaw::HalfWritten) => text += "proc half(x: int\n",
            _ => {}
        }
        text += &self.schema.naming_text();
        text += "var done = 0\nproc step() =\n  discard\n";
        for step in &self.steps {
            let _ = writeln!(text, "  {}", step.text);
        }
        text += "template seen(x: untyped): string = show(x)\n\
                 proc shown[T](x: T): string =\n  mixin show\n  let kept = x\n  show(kept)\n\
                 proc dump() =\n";
        for global in &self.globals {
            let name = &global.name;
            let _ = match global.ty {
                Type::Iterator | Type::Holds(true, _) => writeln!(
                    text,
                    "  echo \"{name}: \", (if {name} == nil: \"nil\" else: {name}())"
                ),
                // Some are seen by way of a template, some by a generic proc.
                _ => match name.as_bytes().last().unwrap_or(&0) % 3 {
                    0 => writeln!(text, "  echo \"{name}: \", seen({name})"),
                    1 => writeln!(text, "  echo \"{name}: \", shown({name})"),
                    _ => writeln!(text, "  echo \"{name}: \", show({name})"),
                },
            };
        }
        for counter in &self.counters {
            let _ = writeln!(text, "  echo \"{0}: \", {0}()", counter.name);
        }
        for extra in &self.extras {
            let _ = writeln!(text, "  echo \"{0}: \", {0}()", extra.name);
        }
        for helper in &self.helpers {
            let _ = writeln!(text, "  echo {}()", helper.0);
        }
        text += "  echo log.join(\" \")\n";
        let _ = write!(
            text,
            "  echo pick(1), \" \", pick(\"\")\n\
             proc run*() =\n  named()\n  dump()\n  if done != {0}:\n    done = {0}\n    step()\n  dump()\n",
            self.number
        );
        text
    }
}
