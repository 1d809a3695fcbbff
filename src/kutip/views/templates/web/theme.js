// Before anything is drawn: the appearance that the reader chose last.
try { document.documentElement.dataset.theme = localStorage.getItem("kutip.theme") ?? "auto"; } catch { /* not allowed */ }
