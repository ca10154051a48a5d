@echo off
rem Sets formgen up on first use, then opens its page in the browser. README.md has more.
setlocal
title formgen
pushd "%~dp0"
if not exist build.py goto packed

set RUN=
call :try .venv\Scripts\python.exe
call :try py -3
call :try python
call :try python3
if defined RUN goto run

set "UV=%USERPROFILE%\.local\bin\uv.exe"
if exist "%UV%" goto bring
echo formgen is written in Python, and this computer has none that fits (3.11 or newer, 64 bit).
echo The program uv can bring one. It comes from https://astral.sh, is free, needs no
echo administrator, and is put into your own folder (about 100 MB with Python).
set ANSWER=
set /p "ANSWER=Shall I fetch it now? Type yes or no: "
if not defined ANSWER goto declined
set "ANSWER=%ANSWER:"=%"
if /i "%ANSWER%"=="y" goto fetch
if /i "%ANSWER%"=="yes" goto fetch

:declined
echo Nothing was fetched. You can get Python from https://www.python.org/downloads/
echo yourself, and then start this again.
goto failed

:fetch
set UV_NO_MODIFY_PATH=1
powershell -NoProfile -ExecutionPolicy Bypass -Command "irm https://astral.sh/uv/install.ps1 | iex"
if not exist "%UV%" goto failed

:bring
set RUN="%UV%" run --no-project --python cpython-3.13-windows-x86_64 python

:run
%RUN% build.py studio
set CODE=%ERRORLEVEL%
if "%CODE%"=="0" goto end
if "%CODE%"=="130" goto end
goto failed

:packed
echo This file works only in formgen's folder. Unpack the whole zip first:
echo click it with the right button, choose "Extract All", and start the one in the new folder.

:failed
echo.
echo That did not work. What is wrong stands above; nothing of yours was changed.
pause
if not defined CODE set CODE=1

:end
popd
exit /b %CODE%

:try
if defined RUN exit /b
%* -c "import sys, sysconfig; sys.exit(sys.version_info < (3, 11) or sysconfig.get_platform() != 'win-amd64')" >nul 2>nul
if "%ERRORLEVEL%"=="0" set RUN=%*
exit /b
