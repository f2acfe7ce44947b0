// What Sphinx's search says, in our words. It keeps and marks nothing that was searched for.
const SPHINX_HIGHLIGHT_ENABLED = false;
Object.assign(Documentation.TRANSLATIONS, {
  "Search Results": "Results",
  "Searching": "Looking …",
  "Preparing search...": "Looking …",
  "Your search did not match any documents. Please make sure that all words are spelled correctly and that you've selected enough categories.":
    "No page has all of these words. Try fewer words, or look at “All pages”.",
  "Search finished, found one page matching the search query.": ["One page has these words.", "${resultCount} pages have these words."],
});
