//! Objects of the host that guest code names by number.

use std::fmt;
use std::marker::PhantomData;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use dashmap::DashMap;

/// A number that stands for an object of the host's, in Nim a distinct integer with the name of `T`: it can be kept and passed on, and
/// only functions of the host can do something with it. One whose object is gone stays harmless: [`Objects`] does not find it.
#[repr(transparent)]
pub struct Handle<T> {
    id: u64,
    of: PhantomData<fn() -> T>,
}

/// A type of objects that guest code may have [handles](Handle) of.
pub trait Opaque: 'static {
    /// The name of the type of its handles in Nim.
    const NAME: &'static str;
}

impl<T> Handle<T> {
    /// The number. 0 is what Nim's default value has, and stands for no object.
    pub fn id(self) -> u64 {
        self.id
    }

    /// The handle with this number.
    pub fn from_id(id: u64) -> Handle<T> {
        Handle {
            id,
            of: PhantomData,
        }
    }
}

impl<T> Clone for Handle<T> {
    fn clone(&self) -> Handle<T> {
        *self
    }
}

impl<T> Copy for Handle<T> {}

impl<T> PartialEq for Handle<T> {
    fn eq(&self, other: &Handle<T>) -> bool {
        self.id == other.id
    }
}

impl<T> Eq for Handle<T> {}

impl<T> std::hash::Hash for Handle<T> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.id.hash(state);
    }
}

impl<T> fmt::Debug for Handle<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Handle({})", self.id)
    }
}

/// The objects behind handles. Clones share them; any thread may use them, also several at once. They outlive reloads and
/// [`Program::restart`](crate::Program::restart).
///
/// ```
/// use midair::{HostModule, Objects, Opaque, Program, host_module, source::Texts};
///
/// struct Sprite { x: i64 }
/// impl Opaque for Sprite { const NAME: &'static str = "Sprite"; }
///
/// let sprites = Objects::<Sprite>::default();
/// let (made, moved) = (sprites.clone(), sprites.clone());
/// let engine = host_module!("engine", {
///     fn new_sprite(x: i64) -> midair::Handle<Sprite> { made.add(Sprite { x }) }
///     fn move_by(sprite: midair::Handle<Sprite>, by: i64) -> Result<i64, midair::NoObject> {
///         moved.with(sprite, |sprite| { sprite.x += by; sprite.x })
///     }
/// });
/// let texts = Texts::new([("logic.nim", "
/// import engine
/// let hero = newSprite(5)
/// proc walk*(): int = hero.moveBy(3)
/// ")]);
/// let program = Program::builder().provider(texts).host_module(engine).load("logic.nim")?;
/// let walk = program.proc::<fn() -> i64>("logic", "walk")?;
/// assert_eq!(walk.call()?, 8);
/// sprites.clear();
/// assert!(walk.call().is_err());
/// # Ok::<(), midair::Error>(())
/// ```
pub struct Objects<T> {
    shared: Arc<Table<T>>,
}

struct Table<T> {
    objects: DashMap<u64, Arc<Mutex<T>>>,
    last: AtomicU64,
}

/// There is no object with a handle's number: it was removed, or never added.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NoObject {
    name: &'static str,
    id: u64,
}

impl fmt::Display for NoObject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.id {
            0 => write!(f, "no {} was given", self.name),
            id => write!(f, "{} {id} is gone", self.name),
        }
    }
}

impl std::error::Error for NoObject {}

impl<T> Default for Objects<T> {
    fn default() -> Objects<T> {
        let table = Table {
            objects: DashMap::new(),
            last: AtomicU64::new(0),
        };
        Objects {
            shared: Arc::new(table),
        }
    }
}

impl<T> Clone for Objects<T> {
    fn clone(&self) -> Objects<T> {
        Objects {
            shared: self.shared.clone(),
        }
    }
}

impl<T: Opaque> Objects<T> {
    /// Adds an object. Its number was never given to another.
    pub fn add(&self, object: T) -> Handle<T> {
        let id = self.shared.last.fetch_add(1, Ordering::Relaxed) + 1;
        let object = Arc::new(Mutex::new(object));
        self.shared.objects.insert(id, object);
        Handle::from_id(id)
    }

    /// Does something with an object, which nobody else can use meanwhile; `then` must not ask for the same one.
    ///
    /// # Errors
    /// When it is gone.
    pub fn with<R>(
        &self,
        handle: Handle<T>,
        then: impl FnOnce(&mut T) -> R,
    ) -> Result<R, NoObject> {
        // Not under the table's lock: `then` may ask for other objects.
        let found = self
            .shared
            .objects
            .get(&handle.id)
            .map(|object| object.clone());
        let Some(object) = found else {
            return Err(NoObject {
                name: T::NAME,
                id: handle.id,
            });
        };
        let mut object = object.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(then(&mut object))
    }

    /// Drops an object, when nobody uses it any more. False when there is none.
    pub fn remove(&self, handle: Handle<T>) -> bool {
        self.shared.objects.remove(&handle.id).is_some()
    }

    /// Drops all objects.
    pub fn clear(&self) {
        self.shared.objects.clear();
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.shared.objects.len()
    }

    /// Are there none?
    pub fn is_empty(&self) -> bool {
        self.shared.objects.is_empty()
    }
}

impl<T> fmt::Debug for Objects<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} objects", self.shared.objects.len())
    }
}
