/* Feeds a target the files of its seeds: replay for the ordinary suite, in TAP. */
#include "fuzz.h"

#include <dirent.h>

static int by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

static int replay(const char *dir, const char *name)
{
	char *path = xstrfmt("%s/%s", dir, name);
	FILE *file = fopen(path, "rb");
	struct str bytes = STR_INIT;
	char part[4096];
	size_t n;
	int failed = 1;

	if (file) {
		while ((n = fread(part, 1, sizeof(part), file)) > 0)
			str_addn(&bytes, part, n);
		failed = ferror(file);
		fclose(file);
	}
	if (!failed)
		LLVMFuzzerTestOneInput((const uint8_t *)bytes.buf, bytes.len);
	str_release(&bytes);
	free(path);
	return failed;
}

int main(int argc, char *argv[])
{
	struct dirent **files = NULL;
	int n = argc == 2 ? scandir(argv[1], &files, NULL, by_name) : -1;
	int tested = 0;

	if (n < 0) {
		printf("Bail out! no directory of seeds\n");
		return 1;
	}
	for (int i = 0; i < n; i++) {
		const char *name = files[i]->d_name;

		if (*name != '.') {
			bool failed = replay(argv[1], name);

			printf("%sok %d - %s\n", failed ? "not " : "", ++tested, name);
			fflush(stdout);
		}
		free(files[i]);
	}
	free(files);
	printf("1..%d\n", tested);
	return !tested;
}
