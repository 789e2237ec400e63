# Types that the compiler makes, aliases, and the objects that the language itself refers to.

type
  int* {.magic: "Int".} ## A signed integer as wide as an address.
  int8* {.magic: "Int8".}
  int16* {.magic: "Int16".}
  int32* {.magic: "Int32".}
  int64* {.magic: "Int64".}
  uint* {.magic: "UInt".} ## An unsigned integer as wide as an address; arithmetic wraps around.
  uint8* {.magic: "UInt8".}
  uint16* {.magic: "UInt16".}
  uint32* {.magic: "UInt32".}
  uint64* {.magic: "UInt64".}
  float* {.magic: "Float".} ## 64 bits wide.
  float32* {.magic: "Float32".}
  float64* {.magic: "Float64".}
  bool* {.magic: "Bool".}
  char* {.magic: "Char".} ## A byte as text.
  string* {.magic: "String".} ## Bytes, by value.
  cstring* {.magic: "CString".} ## The address of bytes that end with a zero, as C has them.
  pointer* {.magic: "Pointer".} ## The address of anything.
  void* {.magic: "Void".} ## No value.
  auto* {.magic: "Auto".} ## A type that follows from the body or the argument.
  any* {.magic: "Any".} ## Every type.
  untyped* {.magic: "Untyped".} ## A template's parameter that is not checked before it is used.
  typed* {.magic: "Typed".} ## A template's parameter that is checked first.

type
  array*[I, T] {.magic: "Array".} ## As many `T` as the index type `I` has values.
  openArray*[T] {.magic: "OpenArray".} ## A parameter that takes arrays, sequences and strings, without copying.
  iterable*[T] {.magic: "IterableType".} ## A template's parameter that takes calls of iterators which yield `T`.
  varargs*[T] {.magic: "Varargs".} ## A parameter that takes any number of arguments.
  seq*[T] {.magic: "Seq".} ## A growing array, by value.
  set*[T] {.magic: "Set".} ## A bit set.
  range*[T] {.magic: "Range".} ## A part of an ordinal or float type.
  UncheckedArray*[T] {.magic: "UncheckedArray".} ## An array of unknown length, for use behind a `ptr`.
  Ordinal*[T] {.magic: "Ordinal".} ## Integers, chars, bools, enums and what is derived of them.
  `ref`*[T] {.magic: "Ref".}
  `ptr`*[T] {.magic: "Ptr".}
  typedesc*[T] {.magic: "TypeDesc".} ## A type as an argument.
  `type`*[T] {.magic: "TypeDesc".}
  `static`*[T] {.magic: "Static".} ## An argument that is known at compile time.
  sink*[T] {.magic: "Sink".} ## A parameter that takes over its argument.
  lent*[T] {.magic: "Lent".} ## A result that belongs to somebody else.
  owned*[T] {.magic: "Owned".}

type
  NimNodeObj* = object
    ## A node. `std/macros` has what works with it; the compiler knows the fields through `system/trees`.
    nodeKind*, nodeShape*: int
    nodeFile*, nodeStart*, nodeEnd*: int # where it stands
    nodeType*: int                       # the number of its type + 1
    nodeText*: string                    # a name, a string literal
    nodeInt*: int64
    nodeBase*: int                       # how the digits of the number are written
    nodeFloat*: float
    nodeSymKind*, nodeSym*: int          # what kind of symbol, and which one
    nodeKids*: seq[NimNode]
  NimNode* = ref NimNodeObj
    ## A syntax tree, for macros.

type
  ForLoopStmt* = object ## What a macro takes that is a whole `for` loop.

proc defined*(name: untyped): bool {.magic: "Defined".}
  ## Was `-d:name` given, or does the compiler define the name?
proc declared*(name: untyped): bool {.magic: "Declared".}
  ## Does the name mean something here?
proc declaredInScope*(name: untyped): bool {.magic: "DeclaredInScope".}
  ## Is the name declared in the innermost scope?
proc compiles*(code: untyped): bool {.magic: "Compiles".}
  ## Would the code compile here?
proc astToStr*(code: untyped): string {.magic: "AstToStr".}
  ## The source text of an expression.
proc runnableExamples*(rdoccmd = "", body: untyped) {.magic: "RunnableExamples".}
  ## Examples for documentation; does nothing in a program.
proc instantiationInfo*(index = -1, fullPaths = false): tuple[filename: string, line: int, column: int] {.magic: "InstantiationInfo".}
  ## Where the template that this stands in is used.
proc compileOption*(option: string): bool {.magic: "CompileOption".}
  ## Is a switch such as `"assertions"` on here?
proc compileOption*(option, arg: string): bool {.magic: "CompileOption".}
  ## Has a switch such as `"mm"` this value?
proc staticRead*(filename: string): string {.magic: "StaticRead".}
  ## A file's content at compile time.
proc slurp*(filename: string): string {.magic: "StaticRead".}
  ## The same as `staticRead`.
proc procCall*(call: untyped) {.magic: "ProcCall".}
  ## Calls a method without looking at the dynamic type.

type TypeOfMode* = enum
  ## What `typeof` gives for a name that is both an iterator and a proc.
  typeOfProc, typeOfIter

proc typeof*(x: untyped, mode = typeOfIter): typedesc {.magic: "TypeOf".}
  ## The type of an expression, which is not evaluated.

proc `is`*[T, S](x: T, y: S): bool {.magic: "Is".}
  ## Is the value or type `x` of type `y`, or does it match the class `y`?
template `isnot`*(x, y: untyped): untyped = not (x is y)
proc `of`*[T, S](x: T, y: typedesc[S]): bool {.magic: "Of".}
  ## Is the dynamic type of the object `y`, or derived of it? False for nil.

proc low*[T](x: T): T {.magic: "Low".}
  ## The lowest value of an ordinal or float type; the first index of a container.
proc high*[T](x: T): T {.magic: "High".}
  ## The highest value of an ordinal or float type; the last index of a container, -1 when it is empty.
proc sizeof*[T](x: T): int {.magic: "SizeOf".}
  ## The number of bytes that a value or type takes.
proc alignof*[T](x: T): int {.magic: "AlignOf".}
  ## The alignment of a value or type in bytes.
proc offsetOf*(t: typedesc, member: untyped): int {.magic: "OffsetOf".}
  ## How many bytes into an object a field is.
proc supportsCopyMem(t: typedesc): bool {.magic: "SupportsCopyMem".}
  ## Is a copy of the bytes a copy of the value?
proc default*[T](_: typedesc[T]): T {.magic: "Default".}
  ## The value that a variable of this type has when none is given.

type
  byte* = uint8
  Natural* = range[0 .. high(int)] ## Not negative.
  Positive* = range[1 .. high(int)] ## Greater than zero.
  BiggestInt* = int64
  BiggestUInt* = uint64
  BiggestFloat* = float64
  ByteAddress* = int
  SomeSignedInt* = int | int8 | int16 | int32 | int64
  SomeUnsignedInt* = uint | uint8 | uint16 | uint32 | uint64
  SomeInteger* = SomeSignedInt | SomeUnsignedInt
  SomeFloat* = float | float32
  SomeNumber* = SomeInteger | SomeFloat
  SomeOrdinal* = SomeInteger | char | bool | enum

type # C's types where `int` and addresses have 64 bits
  cchar* = char
  cschar* = int8
  cuchar* = uint8
  cshort* = int16
  cushort* = uint16
  cint* = int32
  cuint* = uint32
  clonglong* = int64
  culonglong* = uint64
  csize_t* = uint
  cfloat* = float32
  clongdouble* = BiggestFloat # as Nim takes it: without the precision that C has beyond `double`
  cdouble* = float64
  cstringArray* = ptr UncheckedArray[cstring]
  PFloat32* = ptr float32
  PFloat64* = ptr float64
  PInt32* = ptr int32
  PInt64* = ptr int64

when defined(windows):
  type
    clong* = int32
    culong* = uint32
else:
  type
    clong* = int
    culong* = uint

type
  Endianness* = enum
    ## The order of bytes in memory.
    littleEndian, bigEndian
  BackwardsIndex* = distinct int ## An index from the end: `^1` is the last.
  HSlice*[T, U] = object
    ## From `a` to `b`, both included.
    a*: T ## The first.
    b*: U ## The last.
  Slice*[T] = HSlice[T, T] ## A range of one type.

include system/errors
