//! Sentences about the data quality indicators (Indeks Kualitas Data ASN, BKN).

use super::About;
use crate::datasets::code::Code;
use crate::datasets::text::{Sentence, inside};

impl About<'_> {
    pub(super) fn incomplete(&self) -> Sentence {
        if self.finding.code == Code::Com5 {
            return Sentence::new(
                self.indicated(&format!(
                    "{} dan {} kosong, padahal pendidikan terakhir diploma ke atas.",
                    self.raw(0),
                    inside(self.raw(1))
                )),
                "Isi gelarnya, atau beri alasan saat mengirim.",
            );
        }
        Sentence::new(
            self.indicated(&format!("{} kosong.", self.title)),
            format!("Lengkapi {}, atau beri alasan saat mengirim.", self.name()),
        )
    }

    pub(super) fn out_of_date(&self) -> Sentence {
        match self.finding.code {
            Code::Tim3 => Sentence::new(
                self.indicated(&format!(
                    "{} {} sudah lebih dari 1 tahun, tetapi TMT PNS belum ada.",
                    self.title,
                    self.raw(1)
                )),
                "Isi TMT PNS, atau perbaiki TMT CPNS.",
            ),
            Code::Tim5 => Sentence::new(
                self.indicated(&format!(
                    "{} {}: batas usia pensiun jabatannya, {} tahun, sudah lewat sejak {}.",
                    self.title,
                    self.value(),
                    self.raw(0),
                    self.raw(1)
                )),
                "Periksa tanggal lahir, jabatan, dan kedudukan hukumnya.",
            ),
            _ => Sentence::new(
                self.indicated(&format!(
                    "{} sudah dipimpin pejabat struktural pada baris {}.",
                    self.title,
                    self.param(0)
                )),
                "Perbaiki unit atau jenis jabatan salah satunya.",
            ),
        }
    }

    pub(super) fn inaccurate(&self) -> Sentence {
        let (title, name, value) = (self.title, self.name(), self.value());
        match self.finding.code {
            Code::Acc1 => Sentence::new(
                self.indicated(&format!(
                    "{title} {value} sesudah {} {}.",
                    inside(self.raw(0)),
                    self.raw(1)
                )),
                "Perbaiki tanggal yang salah.",
            ),
            Code::Acc3 => Sentence::new(
                self.indicated(&format!(
                    "Masa kerja sejak {name} {value} belum 2 tahun, tetapi jabatannya struktural."
                )),
                "Periksa TMT CPNS dan jenis jabatan.",
            ),
            Code::Acc4 => Sentence::new(
                self.indicated(&format!("{title} {value} bukan kedudukan hukum PPPK.")),
                format!("Perbaiki {name}."),
            ),
            Code::Acc7 => Sentence::new(
                self.indicated(&format!(
                    "NI PPPK memuat tahun pengangkatan {}, di luar tahun pengangkatan PPPK.",
                    self.raw(0)
                )),
                "Salin ulang NI PPPK dari sumbernya.",
            ),
            _ => Sentence::new(
                self.indicated(&format!(
                    "{title} pelaksana memuat \"{}\", sebutan jabatan fungsional.",
                    self.raw(0)
                )),
                format!("Perbaiki {name} atau jenis jabatan."),
            ),
        }
    }

    pub(super) fn inconsistent(&self) -> Sentence {
        let told = match (self.finding.code, self.raw(0)) {
            (Code::Con3, "M") => "M (laki-laki)",
            (Code::Con3, "F") => "F (perempuan)",
            (_, told) => told,
        };
        Sentence::new(
            self.indicated(&format!(
                "{} {} berbeda dengan NIP, yang memuat {told}.",
                self.title,
                self.value()
            )),
            format!("Periksa NIP dan {}, lalu perbaiki yang salah.", self.name()),
        )
    }

    /// A problem with the indicator's code and name before it.
    fn indicated(&self, problem: &str) -> String {
        format!("{}: {problem}", self.finding.code.title())
    }
}
