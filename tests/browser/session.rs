//! One browser window: how it is opened, looked at and measured.

use std::path::{Path, PathBuf};

use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};

use crate::driver::{Driver, from_environment};

/// Width and height of a page's viewport, in CSS pixels.
pub type Viewport = (u32, u32);
/// An office desktop.
pub const DESKTOP: Viewport = (1280, 900);
/// A small phone held upright.
pub const PHONE: Viewport = (360, 780);

const FLAGS: [&str; 11] = [
    "--hide-scrollbars",
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-breakpad",
];

/// A Chromium with an empty profile; closed when dropped, also by a failing test.
pub struct Browser {
    /// The WebDriver session: `goto`, `find`, `click`, `execute`.
    pub client: Client,
    viewport: Viewport,
    driver: Driver,
}

impl Browser {
    /// Opens a window whose viewport has exactly the given size.
    pub async fn open(viewport: Viewport) -> Self {
        let driver = Driver::start();
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities(driver.folder()))
            .connect(&driver.address())
            .await
            .unwrap();
        let mut browser = Self {
            client,
            viewport,
            driver,
        };
        browser.resize(viewport).await;
        browser.show_screen().await;
        browser
    }

    /// Changes the viewport; a page's media queries follow at once.
    pub async fn resize(&mut self, viewport: Viewport) {
        self.viewport = viewport;
        self.show_as(viewport).await;
    }

    /// Lets pages run no script from now on, as in a browser that has them off.
    /// axe cannot run then either: it waits for timers.
    pub async fn turn_scripts_off(&self) {
        let off = json!({ "value": true });
        self.devtools("Emulation.setScriptExecutionDisabled", off)
            .await;
    }

    /// Shows pages as they would be printed.
    pub async fn show_print(&self) {
        self.emulate("print").await;
    }

    /// Shows pages as on a screen again.
    pub async fn show_screen(&self) {
        self.emulate("screen").await;
    }

    /// People who ask for no motion get none, and no picture is taken halfway.
    async fn emulate(&self, media: &str) {
        let features = json!([{ "name": "prefers-reduced-motion", "value": "reduce" }]);
        let settings = json!({ "media": media, "features": features });
        self.devtools("Emulation.setEmulatedMedia", settings).await;
    }

    /// Takes a picture of the whole page, as long as it is, and says where it lies.
    pub async fn screenshot(&self, name: &str) -> PathBuf {
        let (width, height) = self.viewport;
        let length = self.page_length().await.max(height);
        self.show_as((width, length)).await;
        let picture = self.client.screenshot().await.unwrap();
        self.show_as(self.viewport).await;
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).with_file_name("screenshots");
        std::fs::create_dir_all(&folder).unwrap();
        let path = folder.join(format!("{name}-{width}.png"));
        std::fs::write(&path, picture).unwrap();
        path
    }

    /// What a browser took down under that name, as soon as it is complete.
    pub async fn downloaded(&self, name: &str) -> Vec<u8> {
        let path = self.driver.folder().join("downloads").join(name);
        for _ in 0..400 {
            if let Ok(content) = std::fs::read(&path) {
                return content;
            }
            actix_web::rt::time::sleep(std::time::Duration::from_millis(25)).await;
        }
        let there = std::fs::read_dir(path.parent().unwrap());
        let there: Vec<_> = there.map(Iterator::collect).unwrap_or_default();
        panic!("{name} was not downloaded; there are {there:?}");
    }

    /// A file on the person's own disk, to be attached.
    pub fn file(&self, name: &str, content: &[u8]) -> PathBuf {
        let path = self.driver.folder().join(name);
        std::fs::write(&path, content).unwrap();
        path
    }

    /// What the console has reported since the last call, one line each: script
    /// errors, refusals by the content security policy, failed requests.
    pub async fn console(&self) -> Vec<String> {
        let entries = self.command("se/log", json!({ "type": "browser" })).await;
        let entries = entries.as_array().unwrap().iter();
        entries
            .map(|entry| format!("{}: {}", entry["level"], entry["message"]))
            .collect()
    }

    async fn page_length(&self) -> u32 {
        let script = "return document.documentElement.scrollHeight";
        let length = self.client.execute(script, vec![]).await.unwrap();
        length.as_u64().unwrap().try_into().unwrap()
    }

    async fn show_as(&self, (width, height): Viewport) {
        let metrics =
            json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.devtools("Emulation.setDeviceMetricsOverride", metrics)
            .await;
    }

    async fn devtools(&self, method: &str, params: Value) {
        let call = json!({ "cmd": method, "params": params });
        self.command("goog/cdp/execute", call).await;
    }

    /// A command of chromedriver's own, which the WebDriver client has no name for.
    async fn command(&self, path: &str, body: Value) -> Value {
        let session = self.client.session_id().await.unwrap().unwrap();
        let address = format!("{}/session/{session}/{path}", self.driver.address());
        let request = reqwest::Client::new().post(address).body(body.to_string());
        let answer = request.send().await.unwrap();
        let status = answer.status();
        let answer = answer.text().await.unwrap();
        assert_eq!(status, 200, "{path} was refused: {answer}");
        let mut answer: Value = serde_json::from_str(&answer).unwrap();
        answer["value"].take()
    }
}

fn capabilities(folder: &Path) -> serde_json::Map<String, Value> {
    let profile = format!("--user-data-dir={}", folder.join("profile").display());
    let downloads = json!({
        "download.default_directory": folder.join("downloads"),
        "download.prompt_for_download": false,
    });
    let flags: Vec<&str> = FLAGS.into_iter().chain([profile.as_str()]).collect();
    let wanted = json!({
        "goog:chromeOptions": {
            "binary": from_environment("CHROMIUM", "/usr/bin/chromium"),
            "args": flags,
            "prefs": downloads,
        },
        "goog:loggingPrefs": { "browser": "ALL" },
    });
    match wanted {
        Value::Object(map) => map,
        _ => unreachable!(),
    }
}
