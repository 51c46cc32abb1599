//! A person with a browser: keeps cookies, follows no redirect by itself.

use reqwest::{Client, RequestBuilder, Response};

pub struct Actor {
    address: String,
    client: Client,
}

impl Actor {
    pub fn new(address: &str) -> Self {
        let client = Client::builder()
            .cookie_store(true)
            .redirect(reqwest::redirect::Policy::none())
            // A connection kept for later may be closed just as it is taken up again.
            .pool_max_idle_per_host(0)
            .build()
            .unwrap();
        Self {
            address: address.to_owned(),
            client,
        }
    }

    /// A request as a browser on the same origin sends it.
    pub fn request(&self, method: reqwest::Method, path: &str) -> RequestBuilder {
        self.client
            .request(method, format!("{}{path}", self.address))
            .header("sec-fetch-site", "same-origin")
    }

    pub async fn get(&self, path: &str) -> Response {
        self.request(reqwest::Method::GET, path)
            .send()
            .await
            .unwrap()
    }

    /// The text of a page that must answer 200.
    pub async fn page(&self, path: &str) -> String {
        let answer = self.get(path).await;
        assert_eq!(answer.status(), 200, "GET {path}");
        answer.text().await.unwrap()
    }

    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Response {
        self.request(reqwest::Method::POST, path)
            .form(fields)
            .send()
            .await
            .unwrap()
    }

    /// An empty post with these headers only: as other sites and programs send it.
    pub async fn bare_post(&self, path: &str, headers: &[(&str, &str)]) -> Response {
        let request = self.client.post(format!("{}{path}", self.address));
        let request = headers.iter().fold(request, |request, (name, value)| {
            request.header(*name, *value)
        });
        request.send().await.unwrap()
    }

    /// Uploads one file beside plain fields.
    pub async fn upload(
        &self,
        path: &str,
        name: &str,
        content: Vec<u8>,
        fields: &[(&str, &str)],
    ) -> Response {
        let part = reqwest::multipart::Part::bytes(content).file_name(name.to_owned());
        let form = fields
            .iter()
            .fold(reqwest::multipart::Form::new(), |form, (key, value)| {
                form.text((*key).to_owned(), (*value).to_owned())
            });
        let form = form.part("berkas", part);
        self.request(reqwest::Method::POST, path)
            .multipart(form)
            .send()
            .await
            .unwrap()
    }
}

/// Where an answer sends the browser.
pub fn location(answer: &Response) -> String {
    answer
        .headers()
        .get("location")
        .unwrap()
        .to_str()
        .unwrap()
        .to_owned()
}
