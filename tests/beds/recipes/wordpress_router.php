<?php
// Writes one line per request (method, tab, target, tab, names of its cookies) before WordPress runs; a path that is no
// file goes to index.php, as a web server would do it for readable addresses.

file_put_contents(
	getenv( 'BED_REQUESTS' ),
	$_SERVER['REQUEST_METHOD'] . "\t" . $_SERVER['REQUEST_URI'] . "\t" . implode( ' ', array_keys( $_COOKIE ) ) . "\n",
	FILE_APPEND | LOCK_EX
);

$path = parse_url( $_SERVER['REQUEST_URI'], PHP_URL_PATH );
if ( $path === '/' || file_exists( $_SERVER['DOCUMENT_ROOT'] . $path ) ) {
	return false;
}
$_SERVER['SCRIPT_NAME'] = $_SERVER['PHP_SELF'] = '/index.php';
$_SERVER['SCRIPT_FILENAME'] = $_SERVER['DOCUMENT_ROOT'] . '/index.php';
require $_SERVER['SCRIPT_FILENAME'];
