"""The window: the program in the person's own browser, on a page that only this computer can reach."""
