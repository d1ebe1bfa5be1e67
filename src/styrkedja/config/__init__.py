"""Settings, root URLs and the processes: web server, job worker, embedded database."""
