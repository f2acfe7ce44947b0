<?php
// Writes one line per request (method, tab, target) before anything else runs, so that a request that fails is seen too,
// then gives /wiki/… to MediaWiki, and /w/api.php to its API, as on Wikipedia; every other path is served by PHP's own
// server.

file_put_contents(
	getenv( 'BED_REQUESTS' ),
	$_SERVER['REQUEST_METHOD'] . "\t" . $_SERVER['REQUEST_URI'] . "\n",
	FILE_APPEND | LOCK_EX
);

if ( preg_match( '#^/w/api\.php(\?|$)#', $_SERVER['REQUEST_URI'] ) ) {
	$_SERVER['SCRIPT_NAME'] = $_SERVER['PHP_SELF'] = '/api.php';
	$_SERVER['SCRIPT_FILENAME'] = $_SERVER['DOCUMENT_ROOT'] . '/api.php';
	require $_SERVER['SCRIPT_FILENAME'];
	return true;
}
if ( !preg_match( '#^/(wiki/|$|\?)#', $_SERVER['REQUEST_URI'] ) ) {
	return false;
}
$_SERVER['SCRIPT_NAME'] = $_SERVER['PHP_SELF'] = '/index.php';
$_SERVER['SCRIPT_FILENAME'] = $_SERVER['DOCUMENT_ROOT'] . '/index.php';
require $_SERVER['SCRIPT_FILENAME'];
