//! A macroquad game whose logic and picture are a Nim module: `cargo run` in this folder, then change and save `game/game.nim`.
//!
//! The module draws with functions of the host, in the module `screen`. A crash shows its message in the window, and the game waits; the
//! fix goes on from the state before. An argument names another module to play. Escape ends.

use macroquad::prelude::*;
use midair::{HostModule, OnFailure, Program, host_module};

const GAME: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/game/game.nim");

/// `0xrrggbb`.
fn colour(rgb: u32) -> Color {
    let [_, r, g, b] = rgb.to_be_bytes();
    Color::from_rgba(r, g, b, 255)
}

fn screen() -> HostModule {
    host_module!("screen", {
        /// Fills the window.
        fn clear(rgb: u32) {
            clear_background(colour(rgb));
        }
        /// A filled circle.
        fn circle(x: f32, y: f32, radius: f32, rgb: u32) {
            draw_circle(x, y, radius, colour(rgb));
        }
        /// A filled rectangle.
        fn rect(x: f32, y: f32, w: f32, h: f32, rgb: u32) {
            draw_rectangle(x, y, w, h, colour(rgb));
        }
        /// A line of text, from its lower left corner on.
        fn label(text: &str, x: f32, y: f32, rgb: u32) {
            draw_text(text, x, y, 20.0, colour(rgb));
        }
        /// How wide the window is.
        fn width() -> f32 {
            screen_width()
        }
        /// How high the window is.
        fn height() -> f32 {
            screen_height()
        }
        /// Is the mouse button down?
        fn pressed() -> bool {
            is_mouse_button_down(MouseButton::Left)
        }
    })
}

async fn play(file: &str) -> Result<(), midair::Error> {
    let program = Program::builder()
        .host_module(screen())
        .watch(true)
        .on_failure(OnFailure::Pause)
        .load(file)?;
    let frame = program.proc::<fn(f64)>("game", "frame")?;
    let mut wrong = String::new();
    while !is_key_pressed(KeyCode::Escape) {
        match program.reload_if_changed() {
            Ok(Some(report)) => {
                println!("{report}");
                wrong.clear();
            }
            Ok(None) => {}
            Err(error) => wrong = error.to_string(), // the game goes on as it was
        }
        if let Err(error) = frame.call(f64::from(get_frame_time().min(0.1))) {
            clear_background(BLACK);
            wrong = format!("{error}\npaused until the next edit");
        }
        for (i, line) in wrong.lines().enumerate() {
            draw_text(line, 10.0, 20.0 + 18.0 * i as f32, 18.0, RED);
        }
        next_frame().await;
    }
    Ok(())
}

fn window() -> Conf {
    Conf {
        window_title: "midair and macroquad".to_owned(),
        window_width: 480,
        window_height: 320,
        ..Conf::default()
    }
}

#[macroquad::main(window)]
async fn main() {
    let file = std::env::args().nth(1).unwrap_or_else(|| GAME.to_owned());
    if let Err(error) = play(&file).await {
        eprintln!("{error}");
        std::process::exit(1);
    }
}
