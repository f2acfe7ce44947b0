"""The pretend site that `privacyaudit demo` reads: a server on this computer, and its pages in `pages/`."""
