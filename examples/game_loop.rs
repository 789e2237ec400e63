//! A Rust host with a window whose picture a Nim module paints: edit `examples/game_loop/scene.nim`, press F9, and the
//! ball goes on in its new colour from where it was.
//!
//! ```console
//! $ cargo run --release --example game_loop
//! ```
//!
//! `F9` reloads, `Escape` ends. An argument names another module to play; `FRAMES=100` ends after so many frames.

use std::num::NonZeroU32;
use std::rc::Rc;
use std::time::{Duration, Instant};

use midair::Program;
use midair::host::Proc;
use winit::application::ApplicationHandler;
use winit::dpi::LogicalSize;
use winit::event::{ElementState, KeyEvent, WindowEvent};
use winit::event_loop::{ActiveEventLoop, ControlFlow, EventLoop};
use winit::keyboard::{KeyCode, PhysicalKey};
use winit::window::{Window, WindowId};

type Failure = Box<dyn std::error::Error>;

/// Time between two frames.
const FRAME: Duration = Duration::from_millis(10);

const SCENE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/game_loop/scene.nim");

/// The Nim side: handles that stay valid, whatever is reloaded.
struct Scene {
    program: Program,
    step: Proc<fn(i32, i32)>,
    draw: Proc<fn(*mut u32, i32, i32)>,
    title: Proc<fn() -> String>,
}

impl Scene {
    fn load(file: &str) -> Result<Scene, midair::Error> {
        let program = Program::builder().load(file)?;
        Ok(Scene {
            step: program.handle("scene", "step")?,
            draw: program.handle("scene", "draw")?,
            title: program.handle("scene", "title")?,
            program,
        })
    }

    /// Says what was replaced, or why nothing was. The old code runs on in that case.
    fn reload(&self) {
        match self.program.reload() {
            Ok(report) => println!("{report}"),
            Err(error) => eprintln!("{error}"),
        }
    }
}

/// The window and what can be painted in it.
struct Screen {
    window: Rc<Window>,
    surface: softbuffer::Surface<Rc<Window>, Rc<Window>>,
}

impl Screen {
    fn open(event_loop: &ActiveEventLoop) -> Result<Screen, Failure> {
        let attributes = Window::default_attributes().with_title("game loop");
        let attributes = attributes.with_inner_size(LogicalSize::new(640, 480));
        let window = Rc::new(event_loop.create_window(attributes)?);
        let context = softbuffer::Context::new(window.clone())?;
        let surface = softbuffer::Surface::new(&context, window.clone())?;
        Ok(Screen { window, surface })
    }

    /// Has the scene move on and paint itself.
    fn show(&mut self, scene: &Scene) -> Result<(), Failure> {
        let size = self.window.inner_size();
        let (Some(width), Some(height)) =
            (NonZeroU32::new(size.width), NonZeroU32::new(size.height))
        else {
            return Ok(()); // nothing can be seen of it
        };
        self.surface.resize(width, height)?;
        let (width, height) = (size.width as i32, size.height as i32);
        scene.step.call(width, height)?;
        let mut pixels = self.surface.buffer_mut()?;
        scene.draw.call(pixels.as_mut_ptr(), width, height)?;
        self.window.set_title(&scene.title.call()?);
        pixels.present()?;
        Ok(())
    }
}

/// What the events of the window act on.
struct App {
    scene: Scene,
    screen: Option<Screen>,
    /// When the next frame is due.
    next: Instant,
    /// How many frames are left to play, where that is bounded.
    frames: Option<u32>,
    outcome: Result<(), Failure>,
}

impl App {
    fn end(&mut self, event_loop: &ActiveEventLoop, outcome: Result<(), Failure>) {
        self.outcome = outcome;
        event_loop.exit();
    }

    fn frame(&mut self, event_loop: &ActiveEventLoop) {
        let Some(screen) = &mut self.screen else {
            return;
        };
        if let Err(error) = screen.show(&self.scene) {
            // A mistake in the scene need not end the game: say it, and wait for the edit that mends it.
            eprintln!("{error}");
            self.next = Instant::now() + Duration::from_secs(1);
        }
        if let Some(frames) = &mut self.frames {
            *frames = frames.saturating_sub(1);
            if *frames == 0 {
                self.end(event_loop, Ok(()));
            }
        }
    }
}

impl ApplicationHandler for App {
    fn resumed(&mut self, event_loop: &ActiveEventLoop) {
        match Screen::open(event_loop) {
            Ok(screen) => self.screen = Some(screen),
            Err(error) => self.end(event_loop, Err(error)),
        }
    }

    fn about_to_wait(&mut self, event_loop: &ActiveEventLoop) {
        if Instant::now() >= self.next {
            self.next = Instant::now() + FRAME;
            self.frame(event_loop);
        }
        event_loop.set_control_flow(ControlFlow::WaitUntil(self.next));
    }

    fn window_event(&mut self, event_loop: &ActiveEventLoop, _: WindowId, event: WindowEvent) {
        match event {
            WindowEvent::CloseRequested => self.end(event_loop, Ok(())),
            WindowEvent::KeyboardInput {
                event:
                    KeyEvent {
                        physical_key: PhysicalKey::Code(key),
                        state: ElementState::Pressed,
                        repeat: false,
                        ..
                    },
                ..
            } => match key {
                KeyCode::F9 => self.scene.reload(),
                KeyCode::Escape => self.end(event_loop, Ok(())),
                _ => {}
            },
            _ => {}
        }
    }
}

fn main() -> Result<(), Failure> {
    let file = std::env::args().nth(1).unwrap_or_else(|| SCENE.to_owned());
    let frames = std::env::var("FRAMES").ok();
    let mut app = App {
        scene: Scene::load(&file)?,
        screen: None,
        next: Instant::now(),
        frames: frames.map(|frames| frames.parse()).transpose()?,
        outcome: Ok(()),
    };
    EventLoop::new()?.run_app(&mut app)?;
    app.outcome
}
