//! Sockets in the file system that are for the processes of one user.

#![allow(unsafe_code)] // asks for the peer's user, and sets the mask for new files

use std::io;
use std::os::fd::AsRawFd;
use std::os::unix::fs::{FileTypeExt, PermissionsExt};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::Path;

/// Listens at `path`, readable and writable for the owner alone. A socket there that nobody listens on any more is replaced;
/// anything else is left as it is.
///
/// # Errors
/// When something else is there, a process listens already, or the socket cannot be made.
pub fn listen(path: &Path) -> io::Result<UnixListener> {
    if let Ok(there) = std::fs::symlink_metadata(path) {
        if !there.file_type().is_socket() {
            let message = format!("{} exists and is no socket", path.display());
            return Err(io::Error::new(io::ErrorKind::AlreadyExists, message));
        }
        if UnixStream::connect(path).is_ok() {
            let message = format!("a program listens at {} already", path.display());
            return Err(io::Error::new(io::ErrorKind::AddrInUse, message));
        }
        std::fs::remove_file(path)?;
    }
    // The socket must not be there for a moment with a mode that lets others in.
    // SAFETY: changes a number of the process; files that another thread makes meanwhile get a narrower mode.
    let before = unsafe { libc::umask(0o177) };
    let listener = UnixListener::bind(path);
    // SAFETY: as above.
    unsafe { libc::umask(before) };
    let listener = listener?;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600))?;
    Ok(listener)
}

/// Does the process at the other end belong to the user of this one?
pub fn is_same_user(stream: &UnixStream) -> bool {
    // SAFETY: reads a number.
    let own = unsafe { libc::geteuid() };
    peer(stream) == Some(own)
}

#[cfg(target_os = "linux")]
fn peer(stream: &UnixStream) -> Option<libc::uid_t> {
    let mut peer = libc::ucred {
        pid: 0,
        uid: 0,
        gid: 0,
    };
    let mut len = size_of::<libc::ucred>() as libc::socklen_t;
    // SAFETY: the option's value is of this type and size.
    let got = unsafe {
        libc::getsockopt(
            stream.as_raw_fd(),
            libc::SOL_SOCKET,
            libc::SO_PEERCRED,
            (&raw mut peer).cast(),
            &raw mut len,
        )
    };
    (got == 0).then_some(peer.uid)
}

#[cfg(target_os = "macos")]
fn peer(stream: &UnixStream) -> Option<libc::uid_t> {
    let (mut user, mut group) = (0, 0);
    // SAFETY: both are written.
    let got = unsafe { libc::getpeereid(stream.as_raw_fd(), &raw mut user, &raw mut group) };
    (got == 0).then_some(user)
}
