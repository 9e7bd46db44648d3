/*
 * libgit2 built with mbed TLS (Debian's) reads the system's CA bundle whenever it
 * starts: four fifths of its start-up time, for connections that fu never makes
 * through it (network goes through the git program). Inside a module that was
 * opened by dlopen, libgit2 finds this function before the library's own. It
 * loads nothing, so that a connection, if one were made, could trust nobody.
 */
int mbedtls_x509_crt_parse_file(void *chain, const char *path);

#define MBEDTLS_ERR_X509_FILE_IO_ERROR (-0x2900)

int mbedtls_x509_crt_parse_file(void *chain, const char *path)
{
	(void)chain;
	(void)path;
	return MBEDTLS_ERR_X509_FILE_IO_ERROR;
}
