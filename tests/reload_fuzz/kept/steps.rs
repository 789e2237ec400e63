//! What a version does with its values: statements of its text, and the same done to the model.

use super::super::Random;
use super::types::{Schema, Type};
use super::values::{Heap, Value, evaluate};
use super::{State, Version};

/// A statement.
#[derive(Clone)]
pub(super) struct Step {
    pub(super) text: String,
    global: String,
    path: Vec<Turn>,
    does: Does,
}

/// One turn on the way from a variable to a place in it.
#[derive(Clone)]
enum Turn {
    At(usize),
    Field(String),
    Key(Value),
    /// A field of the object that a reference leads to.
    Behind(String),
}

#[derive(Clone)]
enum Does {
    Assign(Value),
    Add(Value),
    /// The value of another variable.
    Share(String),
}

impl Version {
    pub(super) fn random_steps(&self, random: &mut Random, mut state: State) -> Vec<Step> {
        let mut steps = Vec::new();
        for _ in 0..random.below(5) {
            if let Some(step) = self.random_step(random, &state) {
                self.run_step(&step, &mut state);
                steps.push(step);
            }
        }
        steps
    }

    pub(super) fn run_steps(&self, state: &mut State) {
        for step in &self.steps {
            self.run_step(step, state);
        }
    }

    fn random_step(&self, random: &mut Random, state: &State) -> Option<Step> {
        let global = &self.globals[random.below(self.globals.len())];
        let value = &state.globals.iter().find(|one| one.0 == global.name)?.1;
        if let (Type::Ref(_), 0) = (&global.ty, random.below(2)) {
            let same = self.globals.iter().filter(|other| other.ty == global.ty);
            let same: Vec<_> = same.collect();
            let other = same[random.below(same.len())];
            return Some(Step {
                text: format!("{} = {}", global.name, other.name),
                global: global.name.clone(),
                path: Vec::new(),
                does: Does::Share(other.name.clone()),
            });
        }
        let mut path = Vec::new();
        let (mut text, mut ty, mut at) = (global.name.clone(), global.ty.clone(), value);
        while random.below(4) > 0 {
            let Some((turn, more, of, value)) = self.turn(random, &ty, at, &state.heap) else {
                break;
            };
            path.push(turn);
            text += &more;
            ty = of;
            at = value;
        }
        let (text, does) = self.deed(random, &ty, at, text);
        Some(Step {
            text,
            global: global.name.clone(),
            path,
            does,
        })
    }

    /// A way further into a value: the turn, its text, and what is there.
    fn turn<'v>(
        &self,
        random: &mut Random,
        ty: &Type,
        value: &'v Value,
        heap: &'v Heap,
    ) -> Option<(Turn, String, Type, &'v Value)> {
        match (ty, value) {
            (Type::Seq(elem) | Type::Array(_, elem) | Type::Deque(elem), Value::Seq(values)) => {
                let at = random.below(values.len().max(1));
                let value = values.get(at)?;
                Some((Turn::At(at), format!("[{at}]"), (**elem).clone(), value))
            }
            (Type::ByEnum(_, elem), Value::Fields(values)) => {
                let (name, value) = &values[random.below(values.len())];
                let turn = Turn::Field(name.clone());
                Some((turn, format!("[{name}]"), (**elem).clone(), value))
            }
            (Type::Tuple(parts), Value::Seq(values)) => {
                let at = random.below(values.len());
                let (turn, ty) = (Turn::At(at), parts[at].1.clone());
                Some((turn, format!("[{at}]"), ty, &values[at]))
            }
            (Type::Object(_), value) => {
                let (name, ty, value) = field(&self.schema, random, ty, value)?;
                Some((Turn::Field(name.clone()), format!(".{name}"), ty, value))
            }
            (Type::Ref(_), Value::Object(place)) => {
                let (name, ty, value) = field(&self.schema, random, ty, &heap[*place])?;
                Some((Turn::Behind(name.clone()), format!(".{name}"), ty, value))
            }
            (Type::Table(key, of), Value::Table(pairs)) => {
                let (k, value) = pairs.get(random.below(pairs.len().max(1)))?;
                let text = format!("[{}]", self.schema.literal(key, k));
                // What a key says besides may refer to objects, which are not written the same way twice.
                let plain = !matches!(**key, Type::Key);
                plain.then(|| (Turn::Key(k.clone()), text, (**of).clone(), value))
            }
            _ => None,
        }
    }

    /// What to do with a place.
    fn deed(&self, random: &mut Random, ty: &Type, at: &Value, text: String) -> (String, Does) {
        let schema = &self.schema;
        match (ty, at) {
            (Type::Seq(elem), Value::Seq(values)) if values.len() < 6 && random.below(2) == 0 => {
                let value = schema.random_value(random, elem, 2);
                (
                    format!("{text}.add {}", schema.literal(elem, &value)),
                    Does::Add(value),
                )
            }
            (Type::Deque(elem), Value::Seq(values)) if values.len() < 6 && random.below(2) == 0 => {
                let value = schema.random_value(random, elem, 2);
                let written = schema.literal(elem, &value);
                (format!("{text}.addLast {written}"), Does::Add(value))
            }
            _ => {
                let value = schema.random_value(random, ty, 3);
                (
                    format!("{text} = {}", schema.literal(ty, &value)),
                    Does::Assign(value),
                )
            }
        }
    }

    fn run_step(&self, step: &Step, state: &mut State) {
        let code = self.code();
        let value = match &step.does {
            Does::Assign(value) | Does::Add(value) => evaluate(value, &mut state.heap, &code),
            Does::Share(from) => {
                let from = state.globals.iter().find(|one| one.0 == *from);
                from.expect("it was there").1.clone()
            }
        };
        let (globals, heap) = (&mut state.globals, &mut state.heap);
        let global = globals.iter_mut().find(|one| one.0 == step.global);
        let place = &mut global.expect("it was there").1;
        let place = follow(place, &step.path, heap).expect("a step leads somewhere");
        match (&step.does, place) {
            (Does::Add(_), Value::Seq(values)) => values.push(value),
            (_, place) => *place = value,
        }
    }
}

/// The place to which a path leads.
fn follow<'v>(root: &'v mut Value, path: &[Turn], heap: &'v mut Heap) -> Option<&'v mut Value> {
    let Some(last) = path
        .iter()
        .rposition(|turn| matches!(turn, Turn::Behind(_)))
    else {
        return within(root, path);
    };
    let mut at: &Value = root;
    for turn in &path[..last] {
        at = match (turn, at) {
            (Turn::At(place), Value::Seq(values)) => values.get(*place)?,
            (Turn::Field(name), at) => at.field(name)?,
            (Turn::Key(key), Value::Table(pairs)) => {
                &pairs.iter().find(|pair| pair.0.same_key(key))?.1
            }
            (Turn::Behind(name), Value::Object(object)) => heap.get(*object)?.field(name)?,
            _ => return None,
        };
    }
    let (Turn::Behind(name), Value::Object(object)) = (&path[last], at) else {
        return None;
    };
    let object = *object;
    within(heap.get_mut(object)?.field_mut(name)?, &path[last + 1..])
}

/// The same for a path that goes through no reference.
fn within<'v>(mut place: &'v mut Value, path: &[Turn]) -> Option<&'v mut Value> {
    for turn in path {
        place = match (turn, place) {
            (Turn::At(at), Value::Seq(values)) => values.get_mut(*at)?,
            (Turn::Field(name), place) => place.field_mut(name)?,
            (Turn::Key(key), Value::Table(pairs)) => {
                &mut pairs.iter_mut().find(|pair| pair.0.same_key(key))?.1
            }
            _ => return None,
        };
    }
    Some(place)
}

/// A field that an object has, no discriminator.
fn field<'v>(
    schema: &Schema,
    random: &mut Random,
    ty: &Type,
    value: &'v Value,
) -> Option<(String, Type, &'v Value)> {
    let object = schema.object_of(ty);
    let all = object.all();
    let known: Vec<_> = all
        .iter()
        .filter_map(|field| Some((field, value.field(&field.name)?)))
        .collect();
    if known.is_empty() {
        return None;
    }
    let (field, value) = known[random.below(known.len())];
    Some((field.name.clone(), field.ty.clone(), value))
}
