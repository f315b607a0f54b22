// Run before anything is drawn: the theme that was chosen in this browser, else that of the system.
try {
  const theme = localStorage.getItem("evqa-theme");
  if (theme) document.documentElement.dataset.theme = theme;
} catch {
  // Storage may be shut to pages; then the system's theme stays.
}
