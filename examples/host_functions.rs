//! Rust functions as a Nim module: a scene in Nim that draws on a canvas in Rust, with objects of the host.
//!
//! ```console
//! $ cargo run --example host_functions
//! $ midair bindings examples/host_functions -- cargo run --example host_functions   # engine.nim, for the editor
//! ```

use std::sync::{Arc, Mutex};

use midair::{
    Callback, Guest, Handle, HostModule, NoObject, Objects, Opaque, Program, host_module,
};

/// Shared with Nim by value: `type Rect = object` in the interface.
#[derive(Guest, Clone, Copy)]
#[repr(C)]
struct Rect {
    x: i32,
    y: i32,
    w: i32,
    h: i32,
}

/// Stays in Rust; Nim has numbers that stand for sprites.
struct Sprite {
    letter: char,
    at: (i32, i32),
}

impl Opaque for Sprite {
    const NAME: &'static str = "Sprite";
}

const WIDTH: usize = 24;
const HEIGHT: usize = 6;

type Canvas = Arc<Mutex<[[char; WIDTH]; HEIGHT]>>;

fn plot(canvas: &Canvas, x: i32, y: i32, letter: char) {
    let mut canvas = canvas.lock().unwrap();
    if let (Ok(x), Ok(y)) = (usize::try_from(x), usize::try_from(y))
        && let Some(cell) = canvas.get_mut(y).and_then(|row| row.get_mut(x))
    {
        *cell = letter;
    }
}

fn engine(canvas: &Canvas, sprites: &Objects<Sprite>) -> HostModule {
    let (fill, blit) = (canvas.clone(), canvas.clone());
    let (made, moved, drawn) = (sprites.clone(), sprites.clone(), sprites.clone());
    host_module!("engine", {
        /// Fills a rectangle with a letter.
        fn fill_rect(rect: Rect, letter: &str) {
            for y in rect.y..rect.y + rect.h {
                for x in rect.x..rect.x + rect.w {
                    plot(&fill, x, y, letter.chars().next().unwrap_or('?'));
                }
            }
        }
        /// A new sprite, at the top left.
        fn new_sprite(letter: &str) -> Result<Handle<Sprite>, String> {
            let letter = letter.chars().next().ok_or("a sprite needs a letter")?;
            Ok(made.add(Sprite { letter, at: (0, 0) }))
        }
        fn move_by(sprite: Handle<Sprite>, dx: i32, dy: i32) -> Result<(), NoObject> {
            moved.with(sprite, |sprite| {
                sprite.at.0 += dx;
                sprite.at.1 += dy;
            })
        }
        fn draw(sprite: Handle<Sprite>) -> Result<(), NoObject> {
            drawn.with(sprite, |sprite| {
                plot(&blit, sprite.at.0, sprite.at.1, sprite.letter)
            })
        }
        /// Calls `f` for each column.
        fn each_column(f: Callback<fn(i32)>) -> Result<(), midair::Error> {
            (0..WIDTH as i32).try_for_each(|x| f.call(x))
        }
    })
    .constant("height", &HEIGHT.to_string())
}

/// What the scene has drawn, a line a row.
pub fn picture() -> Result<String, midair::Error> {
    let canvas: Canvas = Arc::new(Mutex::new([[' '; WIDTH]; HEIGHT]));
    let sprites = Objects::default();
    let file = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/examples/host_functions/scene.nim"
    );
    let builder = Program::builder().host_module(engine(&canvas, &sprites));
    let program = builder.load(file)?;
    program.proc::<fn()>("scene", "frame")?.call()?;
    let rows = canvas
        .lock()
        .unwrap()
        .map(|row| row.iter().collect::<String>());
    Ok(rows.map(|row| row.trim_end().to_owned()).join("\n"))
}

/// Prints the picture.
pub fn main() -> Result<(), midair::Error> {
    println!("{}", picture()?);
    Ok(())
}
