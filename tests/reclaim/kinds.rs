//! Programs whose module `logic` is another in each version, each in one respect. `main` has a proc `step`, which uses it.

/// One of them.
pub struct Kind {
    pub name: &'static str,
    pub main: &'static str,
    pub logic: fn(usize) -> String,
}

/// One that needs nothing of `main` but a call.
const CALLS: &str = "import logic\nproc step*(): int = entry(1)\n";

pub const KINDS: &[Kind] = &[
    Kind {
        name: "bodies",
        main: CALLS,
        logic: |v| {
            format!(
                "proc other(x: int): int = (if x > 100: other(x - 1) + {v} else: x)\n\
                 proc entry*(x: int): int = (if x > 100: entry(x - 1) + {v} else: x + other(x))\n"
            )
        },
    },
    Kind {
        name: "closures",
        main: "import logic\n\
               var closures: seq[proc (): int]\n\
               proc step*(): int =\n  \
                 if closures.len > 3: closures.delete(0)\n  \
                 closures.add makeClosure(closures.len)\n  \
                 for closure in closures: result += closure()\n",
        logic: |v| {
            format!(
                "proc makeClosure*(x: int): proc (): int =\n  \
                   var calls = x\n  \
                   result = proc (): int =\n    \
                     inc calls, {v}\n    \
                     calls + len(\"closure {v}\")\n"
            )
        },
    },
    Kind {
        name: "iterators",
        main: "import logic\n\
               var running: iterator (): int\n\
               proc step*(): int =\n  \
                 if running == nil or finished(running): running = makeIterator()\n  \
                 running()\n",
        logic: |v| {
            format!(
                "proc makeIterator*(): iterator (): int =\n  \
                   result = iterator (): int {{.closure.}} =\n    \
                     for at in 1..3: yield at * {v} + len(\"iterator {v}\")\n"
            )
        },
    },
    Kind {
        name: "destructors",
        main: "import logic\n\
               var things: seq[Thing]\n\
               proc step*(): int =\n  \
                 if things.len > 3: things.delete(0)\n  \
                 things.add make(things.len)\n  \
                 destroyed\n",
        logic: |v| {
            format!(
                "var destroyed* = 0\n\
                 type\n  \
                   Resource = object\n    \
                     handle: int\n  \
                   Thing* = ref object\n    \
                     resource: Resource\n    \
                     name: string\n    \
                     next: Thing\n\
                 proc `=destroy`(r: var Resource) = destroyed += {v}\n\
                 proc make*(x: int): Thing = Thing(resource: Resource(handle: x + {v}), name: $x)\n"
            )
        },
    },
    Kind {
        name: "generics",
        main: CALLS,
        logic: |v| {
            format!(
                "type Box[T] = object\n  \
                   a, b: T\n\
                 proc sum[T](b: Box[T]): T = b.a + b.b + T({v})\n\
                 proc box[T](x: T): Box[T] = Box[T](a: x, b: x)\n\
                 proc entry*(x: int): int = sum(box(x)) + int(sum(box(1.5))) + int(sum(box(7'i32)))\n"
            )
        },
    },
    Kind {
        name: "instances",
        main: CALLS,
        logic: |v| {
            format!(
                "proc add[N: static int](x: int): int = x + N\n\
                 proc entry*(x: int): int = add[{v}](x)\n"
            )
        },
    },
    Kind {
        name: "constants",
        main: "import logic\nproc step*(): int = text(1).len + names.len\n",
        logic: |v| {
            format!(
                "const names* = [\"a{v}\", \"b{v}\", \"a longer constant with the number {v}\"]\n\
                 proc text*(at: int): string = \"version {v} of a text that is not short \" & names[at]\n"
            )
        },
    },
    Kind {
        name: "types",
        main: CALLS,
        logic: |v| {
            format!(
                "type\n  \
                   T{v} = object\n    \
                     a: int\n    \
                     s: string\n  \
                   R{v} = ref object of RootObj\n    \
                     t: T{v}\n    \
                     next: R{v}\n\
                 proc entry*(x: int): int =\n  \
                   var all: seq[R{v}]\n  \
                   all.add R{v}(t: T{v}(a: x, s: $x))\n  \
                   all[0].next = all[0]\n  \
                   all[0].t.s.len\n"
            )
        },
    },
    Kind {
        name: "layouts",
        main: "import logic\n\
               var things: seq[Thing]\n\
               proc step*(): int =\n  \
                 if things.len > 3: things.delete(0)\n  \
                 things.add make(things.len)\n  \
                 things.len\n",
        logic: |v| {
            format!(
                "type\n  \
                   Thing* = ref object\n    \
                     a: int\n    \
                     f{v}: string\n    \
                     next: Thing\n\
                 proc make*(x: int): Thing = Thing(a: x, f{v}: $x)\n"
            )
        },
    },
    Kind {
        name: "procs",
        main: CALLS,
        logic: |v| {
            format!(
                "proc helper{v}(x: int): int = (if x > 50: helper{v}(x - 1) else: x * {v})\n\
                 proc entry*(x: int): int = (if x > 50: entry(x - 1) else: helper{v}(x))\n"
            )
        },
    },
    Kind {
        name: "proc values",
        main: "import logic\n\
               var saved: seq[proc (x: int): int {.nimcall.}]\n\
               proc step*(): int =\n  \
                 if saved.len > 3: saved.delete(0)\n  \
                 saved.add value()\n  \
                 saved[^1](2)\n",
        logic: |v| {
            format!(
                "proc helper{v}(x: int): int = (if x > 50: helper{v}(x - 1) else: x * {v})\n\
                 proc value*(): proc (x: int): int {{.nimcall.}} = helper{v}\n"
            )
        },
    },
    Kind {
        name: "signatures",
        main: CALLS,
        logic: |v| {
            let ty = ["int", "int32", "int16"][v % 3];
            format!(
                "proc helper(x: {ty}): int = (if x > 50: helper(x - 1) else: int(x) * {v})\n\
                 proc entry*(x: int): int = (if x > 50: entry(x - 1) else: helper({ty}(x)))\n"
            )
        },
    },
    Kind {
        name: "globals",
        main: CALLS,
        logic: |v| {
            format!(
                "var state{v} = @[\"a{v}\"]\n\
                 proc entry*(x: int): int = state{v}.len + x\n"
            )
        },
    },
    Kind {
        name: "exceptions",
        main: "import logic\n\
               var kept: ref Exception\n\
               proc step*(): int =\n  \
                 try: fails(3)\n  \
                 except CatchableError as e:\n    \
                   kept = e\n    \
                   result = e.msg.len\n",
        logic: |v| {
            format!(
                "type\n  \
                   MyError = object of ValueError\n    \
                     code: int\n  \
                   Own{v} = object of CatchableError\n\
                 proc fails*(x: int) =\n  \
                   try:\n    \
                     raise newException(Own{v}, \"own {v}\")\n  \
                   except Own{v} as e:\n    \
                     if {v} mod 2 == 0: raise\n    \
                     raise newException(MyError, \"failed with {v}: \" & e.msg)\n"
            )
        },
    },
    Kind {
        name: "methods",
        main: CALLS,
        logic: |v| {
            format!(
                "type\n  \
                   Base = ref object of RootObj\n  \
                   Heir{v} = ref object of Base\n\
                 method speak(b: Base): int {{.base.}} = {v}\n\
                 method speak(h: Heir{v}): int = {v} + 1\n\
                 proc entry*(x: int): int =\n  \
                   let all = @[Base(), Heir{v}()]\n  \
                   for b in all: result += b.speak()\n"
            )
        },
    },
    Kind {
        name: "templates",
        main: CALLS,
        logic: |v| {
            format!(
                "template twice(x: int): int = x * 2 + {v}\n\
                 iterator upto(n: int): int =\n  \
                   for i in 0..n: yield i + {v}\n\
                 proc entry*(x: int): int =\n  \
                   for i in upto(3): result += twice(i)\n"
            )
        },
    },
    Kind {
        name: "initialisers and handlers",
        main: CALLS,
        logic: |v| {
            format!(
                "import std/hotcodereloading\n\
                 var a = {v}\n\
                 let b = \"b{v}\"\n\
                 beforeCodeReload:\n  a -= {v}\n\
                 afterCodeReload:\n  a += {v}\n\
                 proc entry*(x: int): int = a + b.len\n"
            )
        },
    },
    Kind {
        name: "comments",
        main: CALLS,
        logic: |v| format!("# version {v}\nproc entry*(x: int): int =\n  # {v}\n  x\n"),
    },
    Kind {
        name: "callbacks",
        main: "import logic\n\
               var saved: proc (x: int): int\n\
               proc step*(): int = entry(1)\n\
               proc give*(f: proc (x: int): int): int =\n  \
                 saved = f\n  \
                 saved(3)\n",
        logic: |v| {
            format!(
                "import engine\n\
                 proc compare(a, b: pointer): cint {{.cdecl.}} =\n  \
                   cast[ptr cint](a)[] - cast[ptr cint](b)[] + cint({v}) - cint({v})\n\
                 proc qsort(base: pointer, n, size: csize_t, f: proc (a, b: pointer): cint {{.cdecl.}})\n  \
                   {{.importc, header: \"<stdlib.h>\".}}\n\
                 proc entry*(x: int): int =\n  \
                   let y = x\n  \
                   hold(proc (x: int): int = x + y + {v})\n  \
                   var numbers = [cint 3, 1, 2]\n  \
                   qsort(addr numbers[0], 3, 4, compare)\n  \
                   int(numbers[0])\n"
            )
        },
    },
];
