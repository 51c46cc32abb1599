//! What a person does with a page: goes there, fills in, attaches, presses, reads.

use std::path::Path;

use fantoccini::Locator;
use fantoccini::elements::Element;

use crate::session::Browser;

impl Browser {
    /// Opens an address.
    pub async fn visit(&self, address: &str) {
        self.client.goto(address).await.unwrap();
    }

    /// Writes into the field of that name, over what stands there.
    pub async fn fill(&self, name: &str, text: &str) {
        let field = self.field(name).await;
        field.clear().await.unwrap();
        field.send_keys(text).await.unwrap();
    }

    /// What stands in the field of that name.
    pub async fn value(&self, name: &str) -> String {
        let value = self.field(name).await.prop("value").await.unwrap();
        value.unwrap_or_default()
    }

    /// Chooses a file in the file field of that name.
    pub async fn attach(&self, name: &str, file: &Path) {
        let field = self.field(name).await;
        let path = file.canonicalize().unwrap();
        field.send_keys(path.to_str().unwrap()).await.unwrap();
    }

    /// Presses the button or link with exactly that text and waits for the page it leads to.
    pub async fn press(&self, text: &str) {
        let left = self.client.find(Locator::Css("html")).await.unwrap();
        self.press_and_stay(text).await;
        for _ in 0..800 {
            if left.tag_name().await.is_err() && self.is_loaded().await {
                return;
            }
            actix_web::rt::time::sleep(std::time::Duration::from_millis(25)).await;
        }
        panic!("{text} led to no other page from {}", self.path().await);
    }

    /// Presses what keeps its page, as a download does.
    pub async fn press_and_stay(&self, text: &str) {
        let path = format!("//*[self::a or self::button][normalize-space()='{text}']");
        let target = self.client.find(Locator::XPath(&path)).await;
        let target = target.unwrap_or_else(|_| panic!("nothing to press says: {text}"));
        target.click().await.unwrap();
    }

    async fn is_loaded(&self) -> bool {
        let state = self.client.execute("return document.readyState;", vec![]);
        state.await.is_ok_and(|it| it == "complete")
    }

    /// Sets the date field of that name, as its calendar would.
    pub async fn pick_date(&self, name: &str, date: &str) {
        let field = serde_json::to_value(self.field(name).await).unwrap();
        let script = "arguments[0].value = arguments[1];";
        let arguments = vec![field, date.into()];
        self.client.execute(script, arguments).await.unwrap();
    }

    /// Chooses an option of the list of that name, by its value.
    pub async fn choose(&self, name: &str, value: &str) {
        let list = self.field(name).await;
        list.select_by_value(value).await.unwrap();
    }

    /// Ticks the box, or picks the radio button, of that name and value.
    pub async fn tick(&self, name: &str, value: &str) {
        let selector = format!("input[name='{name}'][value='{value}']");
        let target = self.client.find(Locator::Css(&selector)).await;
        let target = target.unwrap_or_else(|_| panic!("the page has no {selector}"));
        target.click().await.unwrap();
    }

    /// Waits until a page's heading says so, and fails with what it says instead.
    pub async fn see(&self, heading: &str) {
        for _ in 0..400 {
            if let Ok(element) = self.client.find(Locator::Css("h1")).await
                && element.text().await.is_ok_and(|it| it.contains(heading))
            {
                return;
            }
            actix_web::rt::time::sleep(std::time::Duration::from_millis(25)).await;
        }
        let (path, shown) = (self.path().await, self.text("main").await);
        panic!("{path} does not say {heading:?}:\n{shown}");
    }

    /// Whether the page says this somewhere.
    pub async fn says(&self, text: &str) -> bool {
        self.text("body").await.contains(text)
    }

    /// The text that a person sees in the first element of a CSS selector.
    pub async fn text(&self, selector: &str) -> String {
        let element = self.client.find(Locator::Css(selector)).await;
        let element = element.unwrap_or_else(|_| panic!("the page has no {selector}"));
        element.text().await.unwrap()
    }

    /// The path of the page that is shown, with its query.
    pub async fn path(&self) -> String {
        let address = self.client.current_url().await.unwrap();
        let query = address.query().map(|it| format!("?{it}"));
        format!("{}{}", address.path(), query.unwrap_or_default())
    }

    /// Forgets who signed in: a person takes the place of another.
    pub async fn forget(&self) {
        self.client.delete_all_cookies().await.unwrap();
    }

    async fn field(&self, name: &str) -> Element {
        let selector = format!("[name='{name}']");
        let field = self.client.find(Locator::Css(&selector)).await;
        field.unwrap_or_else(|_| panic!("the page has no field {name}"))
    }
}
