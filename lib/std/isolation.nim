## Values that nothing else refers to.

type
  Isolated*[T] = object
    ## A value that can be handed to another thread. It is moved, not copied.
    value: T

proc `=copy`*[T](dest: var Isolated[T], src: Isolated[T]) {.error.}

proc `=sink`*[T](dest: var Isolated[T], src: Isolated[T]) {.inline.} =
  `=sink`(dest.value, src.value)

proc `=destroy`*[T](dest: var Isolated[T]) {.inline.} =
  `=destroy`(dest.value)

func isolate*[T](value: sink T): Isolated[T] = Isolated[T](value: value)
  ## What something else may refer to is refused.

func unsafeIsolate*[T](value: sink T): Isolated[T] = Isolated[T](value: value)
  ## The caller knows that nothing else refers to it.

func extract*[T](src: var Isolated[T]): T = move(src.value)
  ## Takes the value out.
