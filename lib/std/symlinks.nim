## Symbolic links by `Path`.

import std/paths
from std/os import nil

proc symlinkExists*(link: Path): bool = os.symlinkExists(string(link))
  ## Is there such a symbolic link, even to nothing?

proc createSymlink*(src, dest: Path) = os.createSymlink(string(src), string(dest))
  ## Makes `dest` a symbolic link to `src`.

proc expandSymlink*(path: Path): Path = Path(os.expandSymlink(string(path)))
  ## What a symbolic link points to.
