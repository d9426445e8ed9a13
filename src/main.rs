//! The command line: one subcommand, one line. The contract stands in docs/ARCHITECTURE.md.

use std::process::ExitCode;

use clap::Parser;
use kawal::commands::{self, Global, Outcome};

/// Kawal mengawal perjanjian kerja sama pemanfaatan data kependudukan, dari surat pertama sampai
/// serah terima terakhir.
#[derive(Parser)]
#[command(name = "kawal", version, about, disable_help_subcommand = true)]
struct Cli {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Command,
}

#[derive(clap::Subcommand)]
enum Command {
    /// Menjalankan halaman dan pekerjaan terjadwal.
    Serve(commands::serve::Args),
    /// Memperagakan Kawal dengan dua kantor rekaan pada folder sementara.
    Demo(commands::demo::Args),
    /// Menaruh pengingat yang jatuh tempo ke antrean surel, dan menyebutkannya.
    Remind(commands::remind::Args),
    /// Mengirim surel yang menunggu, sekali.
    Deliver(commands::deliver::Args),
    /// Memasukkan berkas perjanjian atau daftar perjanjian berjalan.
    Import(commands::import::Args),
    /// Menulis kembali berkas perjanjian.
    Export(commands::export::Args),
    /// Menampilkan skema berkas perjanjian (JSON Schema).
    Schema(commands::schema::Args),
    /// Mencetak naskah.
    Render(commands::render::Args),
    /// Menampilkan semua tenggat.
    Deadlines(commands::deadlines::Args),
    /// Menyiapkan atau memperbarui basis data, lalu berhenti.
    Migrate(commands::migrate::Args),
    /// Menampilkan semua setelan dan asalnya.
    Config(commands::config::Args),
    /// Memeriksa atau mengekspor rantai catatan.
    Audit(commands::audit::Args),
    /// Menambah pengguna.
    User(commands::user::Args),
}

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let _ = error.print();
            return if error.use_stderr() { ExitCode::from(2) } else { ExitCode::SUCCESS };
        }
    };
    let outcome = match cli.command {
        Command::Serve(args) => commands::serve::run(&cli.global, &args),
        Command::Demo(args) => commands::demo::run(&cli.global, &args),
        Command::Remind(args) => commands::remind::run(&cli.global, &args),
        Command::Deliver(args) => commands::deliver::run(&cli.global, &args),
        Command::Import(args) => commands::import::run(&cli.global, &args),
        Command::Export(args) => commands::export::run(&cli.global, &args),
        Command::Schema(args) => commands::schema::run(&cli.global, &args),
        Command::Render(args) => commands::render::run(&cli.global, &args),
        Command::Deadlines(args) => commands::deadlines::run(&cli.global, &args),
        Command::Migrate(args) => commands::migrate::run(&cli.global, &args),
        Command::Config(args) => commands::config::run(&cli.global, &args),
        Command::Audit(args) => commands::audit::run(&cli.global, &args),
        Command::User(args) => commands::user::run(&cli.global, &args),
    };
    match outcome {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Refused) => ExitCode::from(1),
        Ok(Outcome::WrongUsage) => ExitCode::from(2),
        Err(error) => {
            commands::complain(&format!("{error:#}"));
            ExitCode::from(1)
        }
    }
}
