## Loads and stores of single places.

template volatileLoad*[T](src: ptr T): T = src[]
  ## What stands there.
template volatileStore*[T](dest: ptr T, val: T) = dest[] = val
  ## Puts a value there.
