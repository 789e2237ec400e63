## Files by `Path`.

import std/paths
from std/os import nil
export os.FilePermission, os.CopyFlag

proc fileExists*(filename: Path): bool = os.fileExists(string(filename))
  ## Is there such a file, not a directory? Links are followed.

proc tryRemoveFile*(file: Path): bool = os.tryRemoveFile(string(file))
  ## Removes a file if it is there: false when it could not be.

proc removeFile*(file: Path) = os.removeFile(string(file))
  ## Removes a file; that it is not there is no error.

proc moveFile*(source, dest: Path) = os.moveFile(string(source), string(dest))
  ## Renames a file; one of that name is replaced.

proc copyFile*(source, dest: Path, options = {os.cfSymlinkFollow}) = os.copyFile(string(source), string(dest), options)
  ## Copies a file; one of that name is replaced.

proc copyFileToDir*(source, dir: Path, options = {os.cfSymlinkFollow}) =
  ## Copies a file into a directory, under its own name.
  os.copyFileToDir(string(source), string(dir), options)

proc copyFileWithPermissions*(source, dest: Path, ignorePermissionErrors = true, options = {os.cfSymlinkFollow}) =
  ## Copies a file with its permissions.
  os.copyFileWithPermissions(string(source), string(dest), ignorePermissionErrors, options)

proc getFilePermissions*(filename: Path): set[os.FilePermission] = os.getFilePermissions(string(filename))
  ## Who may do what with the file.

proc setFilePermissions*(filename: Path, permissions: set[os.FilePermission], followSymlinks = true) =
  ## Sets who may do what with the file.
  os.setFilePermissions(string(filename), permissions, followSymlinks)
