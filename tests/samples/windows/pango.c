/* Loads libraries as WeasyPrint does on Windows through Python and cffi, and lays out a line.

   Words: the folders that Python adds for the loader. Input: a line for each library, with the
   names to try, then lines with functions that it must have. Python hands a name to the loader,
   which adds no ".dll" to one with a dot, and then looks along the PATH itself. */
#include <stdio.h>
#include <string.h>
#include <windows.h>

#define DEFAULT_DIRS 0x1000
#define THIS_DIR 0x100

static HMODULE along_path(const char *name) {
    char whole[MAX_PATH], found[MAX_PATH];
    snprintf(whole, MAX_PATH, "%s.dll", name);
    if (!SearchPathA(NULL, whole, NULL, MAX_PATH, found, NULL)) return NULL;
    return LoadLibraryExA(found, NULL, DEFAULT_DIRS | THIS_DIR);
}

static HMODULE pango, pangoft2;

static int lay_out(void) {
    void *(*new_map)(void) = (void *)GetProcAddress(pangoft2, "pango_ft2_font_map_new");
    void *(*new_context)(void *) = (void *)GetProcAddress(pango, "pango_font_map_create_context");
    void *(*new_layout)(void *) = (void *)GetProcAddress(pango, "pango_layout_new");
    void (*set_text)(void *, const char *, int) = (void *)GetProcAddress(pango, "pango_layout_set_text");
    void (*get_size)(void *, int *, int *) = (void *)GetProcAddress(pango, "pango_layout_get_size");
    const char *(*version)(void) = (void *)GetProcAddress(pango, "pango_version_string");
    int width = 0, height = 0;
    void *layout = new_layout(new_context(new_map()));
    set_text(layout, "Mentor application", -1);
    get_size(layout, &width, &height);
    printf("pango %s: %d x %d\n", version(), width / 1024, height / 1024);
    return width > 0 && height > 0 ? 0 : 1;
}

int main(void) {
    int count, wrong = 0;
    char line[4096];
    HMODULE library = NULL;
    LPWSTR *words = CommandLineToArgvW(GetCommandLineW(), &count);
    for (int i = 1; i < count; i++)
        if (!AddDllDirectory(words[i])) printf("no folder %d\n", i), wrong = 1;
    while (fgets(line, sizeof line, stdin)) {
        line[strcspn(line, "\r\n")] = 0;
        if (line[0] == ' ') {
            if (!library || !GetProcAddress(library, line + 1)) printf("no%s\n", line), wrong = 1;
            continue;
        }
        library = NULL;
        for (char *name = strtok(line, " "); name && !library; name = strtok(NULL, " ")) {
            library = LoadLibraryExA(name, NULL, DEFAULT_DIRS);
            if (!library) library = along_path(name);
            if (library) printf("loaded %s\n", name);
            if (library && strstr(name, "pangoft2-")) pangoft2 = library;
            if (library && strstr(name, "pango-1")) pango = library;
        }
        if (!library) printf("none of %s\n", line), wrong = 1;
    }
    fflush(stdout);
    return wrong || !pango || !pangoft2 || lay_out();
}
