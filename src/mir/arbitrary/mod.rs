//! Random programs in MIR, for tests that compare two ways of running the same thing.
//!
//! In: [`Choices`], from a seed or from the bytes of a fuzzer. Out: a module whose proc `main() -> i64` needs nothing, ends
//! soon, passes the [verifier](super::verify()), makes no wrong access and leaves no block in the heap. Its result depends
//! on all that it computed and left in globals. Programs have calls (direct and through proc values), bounded loops,
//! switches, checks that fail, handlers and cleanups, references with destructors, and memory in slots and globals.
//!
//! Floats never reach memory or turn into bits, since the bits of a NaN are not defined; they are compared, and converted
//! to integers.

mod body;

use std::sync::Arc;

use super::Ids;
use super::ir::*;
use crate::source::Place;
use body::Body;

/// Where choices come from.
pub enum Choices<'a> {
    /// A generator in this state.
    Seed(u64),
    /// What is left of an input; zeros after its end.
    Bytes(&'a [u8]),
}

impl Choices<'_> {
    /// A number below `bound`, which is not 0.
    pub fn below(&mut self, bound: u32) -> u32 {
        (self.next() % u64::from(bound)) as u32
    }

    /// Does an event happen that does so once in `n` times?
    pub fn one_in(&mut self, n: u32) -> bool {
        // The last choice, so that an input that has ended gives the shortest program.
        self.below(n) == n - 1
    }

    /// One of some values.
    pub fn pick<T: Copy>(&mut self, values: &[T]) -> T {
        values[self.below(values.len() as u32) as usize]
    }

    fn next(&mut self) -> u64 {
        match self {
            // SplitMix64 (Steele, Lea and Flood, 2014).
            Choices::Seed(state) => {
                *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
                let mut z = *state;
                z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
                z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
                z ^ (z >> 31)
            }
            Choices::Bytes(bytes) => match bytes {
                [first, rest @ ..] => {
                    let value = *first;
                    *bytes = rest;
                    value.into()
                }
                [] => 0,
            },
        }
    }

    /// An integer, often one at an edge.
    fn int(&mut self) -> i64 {
        const EDGES: [i64; 16] = [
            0,
            1,
            -1,
            2,
            7,
            8,
            63,
            64,
            127,
            128,
            255,
            256,
            32767,
            1 << 31,
            i64::MAX,
            i64::MIN,
        ];
        match self.below(4) {
            0 => self.below(16).into(),
            1 => self.pick(&EDGES),
            2 => -i64::from(self.below(1000)),
            _ => (self.next() << 32 ^ self.next()) as i64,
        }
    }

    fn float(&mut self) -> f64 {
        const EDGES: [f64; 10] = [
            0.0,
            -0.0,
            1.0,
            -1.5,
            0.1,
            1e10,
            -1e300,
            f64::INFINITY,
            f64::NAN,
            5e-324,
        ];
        match self.below(2) {
            0 => self.pick(&EDGES),
            _ => f64::from(self.below(20000)) / 16.0 - 500.0,
        }
    }
}

/// Bytes of each global that is plain memory.
const AREA: u32 = 64;

/// What all procs of a program can use.
struct World {
    /// Globals of [`AREA`] bytes.
    areas: Vec<GlobalId>,
    /// A global that owns a reference to a node, or nil.
    holder: GlobalId,
    node: DescId,
    /// Raise; without and with an argument.
    raise: ProcId,
    raise1: ProcId,
}

/// A random program, and its proc `main`.
pub fn program(choices: &mut Choices<'_>, ids: &Ids) -> (Module, ProcId) {
    let world = World::new(ids);
    let mut procs = world.fixed(ids);
    let count = 1 + choices.below(4);
    let mut known: Vec<(ProcId, Sig)> = Vec::new();
    // Each calls only those made before, so every program ends.
    for number in 0..count {
        let sig = random_sig(choices);
        let id = ids.proc(&format!("p{number}"), 0);
        let body = Body::new(&world, &known, sig.clone());
        procs.push(Arc::new(body.finish(choices, id, format!("p{number}"))));
        known.push((id, sig));
    }
    let id = ids.proc("main", 0);
    let sig = Sig {
        params: Default::default(),
        ret: Some(Scalar::I64),
        raises: false,
    };
    let main = Body::new(&world, &known, sig);
    procs.push(Arc::new(main.finish_main(choices, id)));
    let mut globals: Vec<Global> = world
        .areas
        .iter()
        .map(|&id| global(ids, id, "area", 0))
        .collect();
    globals.push(global(ids, world.holder, "ref node", 0));
    let module = Module {
        name: "random".into(),
        imports: Vec::new(),
        procs,
        globals,
        init: Vec::new(),
        handlers: Vec::new(),
        partial: false,
        added: 0,
        defaults: Vec::new(),
        migrations: Vec::new(),
        types: std::sync::Arc::default(),
    };
    (module, id)
}

fn global(ids: &Ids, id: GlobalId, desc: &str, layout: u64) -> Global {
    Global {
        id,
        name: ids.global_key(id),
        desc: ids.desc(desc, layout).0,
        is_let: false,
        scoped: false,
        place: Place::default(),
    }
}

fn random_sig(choices: &mut Choices<'_>) -> Sig {
    use Scalar::{F32, F64, I8, I16, I32, I64};
    const TYPES: [Scalar; 8] = [I64, I8, I16, I32, I64, F32, F64, I32];
    let count = choices.below(5);
    let params = (0..count).map(|_| choices.pick(&TYPES)).collect();
    let ret = (!choices.one_in(6)).then(|| choices.pick(&TYPES));
    let raises = choices.below(3) > 0;
    Sig {
        params,
        ret,
        raises,
    }
}

fn define(ids: &Ids, name: &str, size: u32, shape: Shape, destroy: Option<ProcId>) -> DescId {
    let (id, new) = ids.desc(name, 0);
    if new {
        let name = name.into();
        let desc = Desc {
            name,
            size,
            align: 8,
            shape,
            destroy,
            hooked: false,
            acyclic: false,
        };
        ids.define_desc(id, desc);
    }
    id
}

impl World {
    fn new(ids: &Ids) -> World {
        let int = define(
            ids,
            "int",
            8,
            Shape::Int {
                signed: true,
                bounds: None,
            },
            None,
        );
        let len = u64::from(AREA) / 8;
        define(
            ids,
            "area",
            AREA,
            Shape::Array {
                elem: int,
                len,
                index: None,
            },
            None,
        );
        let node = ids.desc("node", 0).0;
        let reference = define(ids, "ref node", 8, Shape::Ref(node), None);
        let field = |name: &str, offset, desc| DescField {
            name: name.into(),
            offset,
            desc,
            when: None,
        };
        let fields = vec![field("value", 0, int), field("next", 8, reference)];
        let shape = Shape::Object {
            base: None,
            rtti: false,
            fields,
        };
        define(ids, "node", 16, shape, Some(ids.proc("destroy", 0)));
        let error = Shape::Object {
            base: None,
            rtti: true,
            fields: Vec::new(),
        };
        define(ids, "error", 8, error, None);
        World {
            areas: (0..2).map(|n| ids.global(&format!("area{n}"))).collect(),
            holder: ids.global("holder"),
            node,
            raise: ids.proc("raise", 0),
            raise1: ids.proc("raise1", 0),
        }
    }

    /// The procs that every program has.
    fn fixed(&self, ids: &Ids) -> Vec<Arc<Proc>> {
        const TEXT: &str = "
proc @destroy(ptr %n) {
block0:
  ptr %g = global $area0
  i64 %old = load %g
  i64 %value = load %n
  %old = mul %old, 31
  %old = add %old, %value
  store.i64 %old, %g
  ptr %next = load %n + 8
  decref %next
  return
}
proc @raise() raises {
block0:
  ptr %d = desc :error
  ptr %e = call rt.new_ref(%d)
  set_pending %e
  return
}
proc @raise1(i64 %x) raises {
block0:
  ptr %g = global $area1
  i64 %old = load %g
  %old = xor %old, %x
  store.i64 %old, %g
  call @raise()
  return
}
";
        let parsed = super::text::parse_module(TEXT, ids);
        parsed.map(|module| module.procs).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests;
