//! Calls of a C library that the test builds: objects by value, variable arguments, callbacks with user data, arrays.

use std::path::PathBuf;
use std::process::Command;

use midair::Program;
use midair::source::Texts;

const C: &str = r#"
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

typedef struct { uint8_t r, g, b, a; } Color;
typedef struct { int x, y; } Point;
typedef struct { float x, y; } Vec2;
typedef struct { float x, y, z; } Vec3;
typedef struct { double x; int64_t n; } Mixed;
typedef struct { int64_t n; float f; } Mixed2;
typedef struct { double x, y; } Pair;
typedef struct { int64_t a, b, c; } Big;
typedef struct { char text[11]; } Odd;

uint32_t color_code(Color c) { return c.r | c.g << 8 | c.b << 16 | (uint32_t)c.a << 24; }
Color color_make(int r, int g, int b) { Color c = { r, g, b, 255 }; return c; }
Point point_add(Point a, Point b) { Point p = { a.x + b.x, a.y + b.y }; return p; }
Vec2 vec2_scale(Vec2 v, float by) { Vec2 r = { v.x * by, v.y * by }; return r; }
Vec3 vec3_add(Vec3 a, Vec3 b) { Vec3 r = { a.x + b.x, a.y + b.y, a.z + b.z }; return r; }
Mixed mixed_next(Mixed m) { Mixed r = { m.x + 0.5, m.n + 1 }; return r; }
Mixed2 mixed2_next(Mixed2 m) { Mixed2 r = { m.n + 1, m.f + 0.5f }; return r; }
Pair pair_swap(Pair p) { Pair r = { p.y, p.x }; return r; }
Big big_make(int64_t a, Big b, double x) { Big r = { a + b.a, b.b, b.c + (int64_t)x }; return r; }
Odd odd_turn(Odd o) { Odd r; for (int i = 0; i < 10; i++) r.text[i] = o.text[9 - i]; r.text[10] = 0; return r; }
int64_t crowded(int64_t a, int64_t b, int64_t c, int64_t d, int64_t e, Point p, Mixed2 m, Big g, int64_t f) {
  return a + b + c + d + e + p.x + p.y + m.n + (int64_t)m.f + g.a + g.b + g.c + f;
}
double sum_of(int count, ...) {
  va_list list; va_start(list, count); double sum = 0;
  for (int i = 0; i < count; i++) sum += va_arg(list, double);
  va_end(list); return sum;
}
int64_t visit(int64_t *values, int64_t count, int64_t (*f)(int64_t, void *), void *user) {
  int64_t sum = 0;
  for (int64_t i = 0; i < count; i++) sum += f(values[i], user);
  return sum;
}
int64_t lengths(const char **texts, int count) {
  int64_t sum = 0;
  for (int i = 0; i < count; i++) sum += strlen(texts[i]);
  return sum;
}
"#;

const NIM: &str = r#"
const lib = "LIBRARY"
type
  Color {.bycopy.} = object
    r, g, b, a: uint8
  Point {.bycopy.} = object
    x, y: cint
  Vec2 {.bycopy.} = object
    x, y: cfloat
  Vec3 {.bycopy.} = object
    x, y, z: cfloat
  Mixed {.bycopy.} = object
    x: cdouble
    n: int64
  Mixed2 {.bycopy.} = object
    n: int64
    f: cfloat
  Pair {.bycopy.} = object
    x, y: cdouble
  Big {.bycopy.} = object
    a, b, c: int64
  Odd {.bycopy.} = object
    text: array[11, char]

{.push cdecl, dynlib: lib.}
proc colorCode(c: Color): uint32 {.importc: "color_code".}
proc colorMake(r, g, b: cint): Color {.importc: "color_make".}
proc pointAdd(a, b: Point): Point {.importc: "point_add".}
proc vec2Scale(v: Vec2, by: cfloat): Vec2 {.importc: "vec2_scale".}
proc vec3Add(a, b: Vec3): Vec3 {.importc: "vec3_add".}
proc mixedNext(m: Mixed): Mixed {.importc: "mixed_next".}
proc mixed2Next(m: Mixed2): Mixed2 {.importc: "mixed2_next".}
proc pairSwap(p: Pair): Pair {.importc: "pair_swap".}
proc bigMake(a: int64, b: Big, x: cdouble): Big {.importc: "big_make".}
proc oddTurn(o: Odd): Odd {.importc: "odd_turn".}
proc crowded(a, b, c, d, e: int64, p: Point, m: Mixed2, g: Big, f: int64): int64 {.importc.}
proc sumOf(count: cint): cdouble {.importc: "sum_of", varargs.}
proc visit(values: ptr int64, count: int64, f: proc (x: int64, user: pointer): int64 {.cdecl.}, user: pointer): int64 {.importc.}
proc lengths(texts: ptr cstring, count: cint): int64 {.importc.}
{.pop.}

proc addUser(x: int64, user: pointer): int64 {.cdecl.} =
  let total = cast[ptr int64](user)
  total[] += x
  if x == 13: raise newException(ValueError, "thirteen")
  x * 2

proc all*(): string =
  result.add $colorCode(Color(r: 1, g: 2, b: 3, a: 4)) & " "
  result.add $colorMake(10, 20, 30) & " "
  result.add $pointAdd(Point(x: 1, y: -2), Point(x: 10, y: 20)) & " "
  result.add $vec2Scale(Vec2(x: 1.5, y: 2.0), 2.0) & " "
  result.add $vec3Add(Vec3(x: 1, y: 2, z: 3), Vec3(x: 0.5, y: 0.25, z: 0.125)) & " "
  result.add $mixedNext(Mixed(x: 1, n: 41)) & " "
  result.add $mixed2Next(Mixed2(n: 41, f: 1)) & " "
  result.add $pairSwap(Pair(x: 1, y: 2)) & " "
  result.add $bigMake(1, Big(a: 10, b: 20, c: 30), 2.5) & " "
  var odd: Odd
  for i, c in "0123456789": odd.text[i] = c
  result.add $cast[cstring](addr odd.text) & " "
  var turned = oddTurn(odd)
  result.add $cast[cstring](addr turned.text) & " "
  result.add $crowded(1, 2, 3, 4, 5, Point(x: 10, y: 20), Mixed2(n: 100, f: 200), Big(a: 1000, b: 2000, c: 3000), 6) & " "
  result.add $sumOf(3, 0.5, 1.25'f32.float, 2.0) & " "
  var values = [1'i64, 2, 3]
  var total = 100'i64
  result.add $visit(addr values[0], 3, addUser, addr total) & " " & $total & " "
  var texts = [cstring"ab", cstring"", cstring"cde"]
  result.add $lengths(addr texts[0], 3)
  discard colorMake(1, 2, 3)

proc raising*(): int64 =
  var values = [1'i64, 13, 3]
  var total = 0'i64
  visit(addr values[0], 3, addUser, addr total)
"#;

fn library() -> PathBuf {
    let dir = std::env::temp_dir().join(format!("midair-c-{}", std::process::id()));
    std::fs::create_dir_all(&dir).unwrap();
    let (source, library) = (dir.join("lib.c"), dir.join("libprobe.so"));
    std::fs::write(&source, C).unwrap();
    let mut cc = Command::new("cc");
    cc.args(["-shared", "-fPIC", "-O1", "-o"])
        .arg(&library)
        .arg(&source);
    assert!(cc.status().expect("cc is installed").success());
    library
}

#[cfg(target_arch = "x86_64")]
#[test]
fn objects_travel_by_value_as_c_passes_them() {
    let library = library();
    let text = NIM.replace("LIBRARY", library.to_str().unwrap());
    let texts = Texts::new([("main.nim", &text)]);
    let program = Program::builder()
        .provider(texts)
        .load("main.nim")
        .unwrap_or_else(|error| panic!("{error}"));
    let all = program.proc::<fn() -> String>("main", "all").unwrap();
    let expected = "67305985 (r: 10, g: 20, b: 30, a: 255) (x: 11, y: 18) (x: 3.0, y: 4.0) \
                    (x: 1.5, y: 2.25, z: 3.125) (x: 1.5, n: 42) (n: 42, f: 1.5) (x: 2.0, y: 1.0) \
                    (a: 11, b: 20, c: 32) 0123456789 9876543210 6351 3.75 12 106 5";
    assert_eq!(all.call().unwrap(), expected);
    let raising = program.proc::<fn() -> i64>("main", "raising").unwrap();
    assert_eq!(
        raising.call().unwrap_err().exception(),
        Some(("ValueError", "thirteen"))
    );
    std::fs::remove_dir_all(library.parent().unwrap()).unwrap();
}
