/* Stands for python.exe, uv.exe and powershell.exe: writes down how it was called, and ends as it
   is told. As powershell it leaves a uv.exe where uv's installer would, unless it is to fail. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <windows.h>

static int told(const char *name) {
    const char *code = getenv(name);
    return code ? atoi(code) : 0;
}

int main(int count, char **words) {
    char self[MAX_PATH], target[MAX_PATH];
    FILE *log = fopen("called.txt", "a");
    for (int i = 0; i < count; i++) fprintf(log, "%s%s", i ? "|" : "", words[i]);
    fprintf(log, "\n");
    fclose(log);
    GetModuleFileNameA(NULL, self, MAX_PATH);
    if (strstr(self, "powershell")) {
        snprintf(target, MAX_PATH, "%s\\.local\\bin\\uv.exe", getenv("USERPROFILE"));
        return told("FETCH_ENDS") || !CopyFileA(self, target, FALSE);
    }
    /* Asked whether it fits, or to start. */
    return told(count > 1 && !strcmp(words[1], "-c") ? "PYTHON_SAYS" : "START_ENDS");
}
