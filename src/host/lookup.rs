//! Procs by name and signature, for typed handles.
//!
//! In: a module, a name as a host writes it, and what the host is going to pass. Out: the proc of the version that runs that fits, or
//! an error that shows both signatures and what there is. A name may say more: `update(float, var int)` is the overload with these
//! Nim types, `largest[int]` the instance of a generic proc with these arguments.

use std::sync::Arc;

use crate::mir::{self, ProcId};
use crate::sema::typed::{LocalId, Routine};
use crate::sema::types::{CallConv, TypeId};
use crate::source::{Name, Place};

use super::error::{Error, Kind, Result};
use super::front::{Front, not_found};
use super::want::{Want, rust_of};

/// What a host looks for, besides the name.
#[derive(Clone, Copy)]
pub(super) struct Sought<'a> {
    pub(super) params: &'a [Want],
    pub(super) result: Want,
    /// How it is going to be called.
    pub(super) conv: CallConv,
}

/// A name as a host writes it, in its parts.
struct Named<'a> {
    name: &'a str,
    /// Arguments of a generic proc, in brackets.
    arguments: Option<String>,
    /// Types of the parameters, in parentheses.
    params: Option<String>,
}

impl<'a> Named<'a> {
    fn of(text: &'a str) -> Named<'a> {
        let (head, params) = match text.split_once('(') {
            Some((head, rest)) => (
                head,
                Some(squeezed(rest.trim_end().strip_suffix(')').unwrap_or(rest))),
            ),
            None => (text, None),
        };
        // Operators such as `[]` are names themselves.
        let (name, arguments) = match head
            .find('[')
            .filter(|&at| at > 0 && !head.starts_with('`'))
        {
            Some(at) => {
                let inside = head[at + 1..].trim_end();
                (
                    &head[..at],
                    Some(squeezed(inside.strip_suffix(']').unwrap_or(inside))),
                )
            }
            None => (head, None),
        };
        let name = name.trim();
        Named {
            name,
            arguments,
            params,
        }
    }
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect()
}

/// The arguments in the identity of an instance, `logic.largest[int](int,int)`.
fn arguments_of<'a>(identity: &'a str, head: &str) -> Option<&'a str> {
    let inside = identity.strip_prefix(head)?.strip_prefix('[')?;
    let mut depth = 1;
    let end = inside.find(|c| {
        depth += match c {
            '[' => 1,
            ']' => -1,
            _ => 0,
        };
        depth == 0
    })?;
    Some(&inside[..end])
}

impl Front {
    /// The proc with this name whose signature fits.
    pub(super) fn find(&mut self, module: &str, text: &str, sought: &Sought<'_>) -> Result<ProcId> {
        let named = Named::of(text);
        let name = named.name;
        let mut routines = match named.arguments {
            None => self.routines_named(module, Name::new(name)),
            Some(_) => Vec::new(),
        };
        let instances = self.instances(module, name);
        let asked = |(arguments, _): &&(String, Arc<Routine>)| {
            let own = arguments.replace(&format!("{module}."), "");
            named
                .arguments
                .as_ref()
                .is_none_or(|wanted| *wanted == *arguments || *wanted == own)
        };
        routines.extend(
            instances
                .iter()
                .filter(asked)
                .map(|(_, routine)| routine.clone()),
        );
        if routines.is_empty() {
            return Err(match self.has_generic(module, Name::new(name)) {
                true => no_instance(module, text, name, &instances),
                false => self.not_found(module, name),
            });
        }
        let types = self.types();
        let is_named = |routine: &Routine| {
            let shown = |local: &LocalId| types.show(routine.locals[local.0 as usize].ty);
            let params: Vec<String> = routine.params.iter().map(shown).collect();
            let wanted = named.params.as_ref();
            wanted.is_none_or(|wanted| *wanted == squeezed(&params.join(",")))
        };
        let fits = |routine: &&Arc<Routine>| {
            let given = routine
                .params
                .iter()
                .map(|param| routine.locals[param.0 as usize].ty);
            routine.params.len() == sought.params.len()
                && routine.conv == sought.conv
                && routine.parent.is_none()
                && is_named(routine)
                && given
                    .zip(sought.params)
                    .all(|(ty, want)| want.fits(types, ty).is_ok())
                && sought.result.fits(types, routine.ret).is_ok()
        };
        match routines.iter().find(fits) {
            Some(routine) => Ok(self.with_lowering(|lowering| lowering.proc_id(routine.id))),
            None => Err(self.mismatch(module, name, &routines, sought)),
        }
    }

    /// Instances of the module's generic procs of this name that the program has, with their arguments.
    fn instances(&mut self, module: &str, name: &str) -> Vec<(String, Arc<Routine>)> {
        let head = format!("{module}.{name}");
        let mut found = Vec::new();
        for identity in self.identities_of(name) {
            if let Some(arguments) = arguments_of(&identity, &head)
                && let Some(routine) = self.routine_with_identity(&identity)
            {
                found.push((arguments.to_owned(), routine));
            }
        }
        found.sort_by(|(a, _), (b, _)| a.cmp(b));
        found
    }

    fn not_found(&self, module: &str, name: &str) -> Error {
        let found = match self.module(module) {
            Ok(found) => found,
            Err(error) => return error,
        };
        // Synthesised procs and steps of top-level code have no name that a program can use.
        let is_name = |name: &String| !name.contains([' ', '=']) || name.starts_with('`');
        // Nor are instances of the library's procs the module's own.
        let sources = self.sources();
        let file = sources.module_file(module);
        let all = file.is_some_and(|file| sources.is_library(file));
        let is_library = |place: &Place| sources.is_library(sources.map.file(*place));
        let is_own = |proc: &&Arc<mir::Proc>| all || !proc.sites.first().is_some_and(is_library);
        let own = found.procs.iter().filter(is_own);
        let names = own.map(|proc| proc.name.to_string());
        not_found(
            format!("proc called {name} in the module {module}"),
            names.filter(is_name),
        )
    }

    fn mismatch(
        &self,
        module: &str,
        name: &str,
        routines: &[Arc<Routine>],
        sought: &Sought<'_>,
    ) -> Error {
        let (params, result) = (sought.params, sought.result);
        let list = |texts: Vec<String>| texts.join(", ");
        let types = &self.sema.types;
        let nim = |params: String, ret: String| match &*ret {
            "void" => format!("proc {name}({params})"),
            ret => format!("proc {name}({params}): {ret}"),
        };
        let rust = |params: String, ret: String| match &*ret {
            "()" => format!("fn({params})"),
            ret => format!("fn({params}) -> {ret}"),
        };
        let convention = if sought.conv == CallConv::C {
            "unsafe extern \"C\" "
        } else {
            ""
        };
        let wanted = rust(
            list(params.iter().map(Want::to_string).collect()),
            result.to_string(),
        );
        let in_nim = nim(list(params.iter().map(Want::nim).collect()), result.nim());
        let mut text =
            format!("{module}.{name} cannot be called as {convention}{wanted}, in Nim {in_nim}");
        for routine in routines {
            let given: Vec<TypeId> = routine
                .params
                .iter()
                .map(|local| routine.locals[local.0 as usize].ty)
                .collect();
            let shown = nim(
                list(given.iter().map(|&ty| types.show(ty)).collect()),
                types.show(routine.ret),
            );
            let as_rust = rust(
                list(given.iter().map(|&ty| rust_of(types, ty)).collect()),
                rust_of(types, routine.ret),
            );
            let place = self.shown(routine.place);
            text += &format!("\n  {place}: {shown}, in Rust {as_rust}");
            match (routine.conv, sought.conv) {
                (CallConv::C, CallConv::Nimcall) => {
                    text += "\n    it has C's calling convention: see `Program::c_function`";
                }
                (CallConv::Nimcall, CallConv::C) => {
                    text += "\n    it has Nim's calling convention: it needs {.cdecl.} to be called from C";
                }
                _ => {}
            }
            let pairs = params.iter().zip(&given).chain([(&result, &routine.ret)]);
            for (want, &ty) in pairs {
                if let Err(why) = want.fits(types, ty)
                    && !why.is_empty()
                {
                    text += &format!("\n    {why}");
                }
            }
        }
        Error::new(Kind::Signature(text))
    }
}

/// A generic proc has no instance that is asked for.
fn no_instance(module: &str, text: &str, name: &str, known: &[(String, Arc<Routine>)]) -> Error {
    let known: Vec<String> = known
        .iter()
        .map(|(arguments, _)| format!("{name}[{arguments}]"))
        .collect();
    let known = match known.is_empty() {
        true => String::new(),
        false => format!("; it has {}", known.join(", ")),
    };
    Error::new(Kind::Signature(format!(
        "{module}.{name} is generic, and the program has no instance {text}{known}\n  one that the program uses can be called, also \
         by a proc that is there for that"
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_taken_apart() {
        let of = |text| {
            let Named {
                name,
                arguments,
                params,
            } = Named::of(text);
            (name.to_owned(), arguments, params)
        };
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(of("f"), ("f".into(), None, None));
        assert_eq!(
            of("f(int, var float)"),
            ("f".into(), None, some("int,varfloat"))
        );
        assert_eq!(
            of("f[seq[int], T] (int)"),
            ("f".into(), some("seq[int],T"), some("int"))
        );
        assert_eq!(of("`[]`"), ("`[]`".into(), None, None));
        assert_eq!(of("[]"), ("[]".into(), None, None));
        assert_eq!(
            arguments_of("m.f[seq[int],T](int)", "m.f"),
            Some("seq[int],T")
        );
        assert_eq!(arguments_of("m.ff[int](int)", "m.f"), None);
    }
}
