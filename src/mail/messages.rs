//! One struct per mail, each with `subject.txt`, `body.txt` and `body.html` in `templates/mail/<mail>/`.
