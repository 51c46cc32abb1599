//! A file in which every row has a fault: its result, narrowed in every way,
//! and all of it taken away.

use futures_util::StreamExt;
use std::time::{Duration, Instant};

use crate::process::Watch;
use crate::scene::Scene;
use crate::uploads;

/// Requests a page.
const TIMES: usize = 11;

pub async fn measure(scene: &Scene, rows: u64) {
    let form = format!("/pengiriman/baru/{}/riwayat-kursus", scene.agreement.id);
    let first = uploads::send(scene, &form, "all faulty", (rows, 1)).await;
    let submission = first.rsplit_once("/versi/").unwrap().0.to_owned();
    let again = format!("{submission}/unggah");
    let second = uploads::send(scene, &again, "half mended", (rows, 2)).await;
    println!(
        "\n| database | page | first ms | median ms | max ms |\n| --- | --- | ---: | ---: | ---: |"
    );
    for narrowed in [
        "",
        "?hal=2",
        "?hal=20000",
        "?aturan=integer-format:jumlah_jam",
        "?aturan=integer-format:jumlah_jam&hal=1000",
        "?kolom=id_pns",
        "?baris=77777",
    ] {
        page(scene, &format!("{first}{narrowed}")).await;
    }
    for narrowed in [
        "",
        "?banding=tetap",
        "?banding=baru",
        "?banding=baru&kolom=id_pns",
    ] {
        page(scene, &format!("{second}{narrowed}")).await;
    }
    println!(
        "\n| database | download | first byte ms | all s | MB | cpu s | peak MB |\n| --- | --- | ---: | ---: | ---: | ---: | ---: |"
    );
    for file in ["temuan.csv", "bertanda.csv", "bertanda.xlsx", "berkas"] {
        download(scene, &format!("{first}/{file}")).await;
    }
}

async fn page(scene: &Scene, address: &str) {
    let mut times: Vec<Duration> = Vec::new();
    for _ in 0..TIMES {
        let began = Instant::now();
        scene.pic.page(address).await;
        times.push(began.elapsed());
    }
    let first = times[0];
    times.sort_unstable();
    let ms = |time: Duration| time.as_secs_f64() * 1e3;
    let (_, shown) = address.split_once("/versi/").unwrap();
    println!(
        "| {} | {shown} | {:.0} | {:.0} | {:.0} |",
        scene.database(),
        ms(first),
        ms(times[TIMES / 2]),
        ms(times[TIMES - 1])
    );
}

async fn download(scene: &Scene, address: &str) {
    let watch = Watch::begin(scene.program.id());
    let began = Instant::now();
    let answer = scene.pic.get(address).await;
    if answer.status() != 200 {
        println!("{address}: {}", answer.status());
        return;
    }
    let (mut stream, mut bytes, mut first) = (answer.bytes_stream(), 0, None);
    while let Some(piece) = stream.next().await {
        first.get_or_insert(began.elapsed());
        bytes += piece.unwrap().len();
    }
    let all = began.elapsed();
    let (cpu, megabytes) = watch.end();
    println!(
        "| {} | {} | {:.0} | {:.2} | {:.0} | {cpu:.2} | {megabytes:.0} |",
        scene.database(),
        address.rsplit_once('/').unwrap().1,
        first.unwrap_or_default().as_secs_f64() * 1e3,
        all.as_secs_f64(),
        bytes as f64 / 1e6
    );
}
