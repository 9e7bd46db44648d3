# fish completion for fu. What may stand at the cursor is said by `fu complete`.

function __fu_complete
    set -l words (commandline -opc)
    set -l token (commandline -ct)
    set -e words[1]
    set -l lines (command fu complete --shell fish -- $words "$token" 2>/dev/null)
    set -q lines[1]; or return
    set -l head $lines[1]
    set -e lines[1]
    set -q lines[1]; and printf '%s\n' $lines
    set -l lead (string match -r -- '^--[^=]+=' "$token")
    set -l rest (string replace -- "$lead" '' "$token")
    switch $head
        case files
            for path in (__fish_complete_path "$rest")
                printf '%s\n' "$lead$path"
            end
        case directories
            for path in (__fish_complete_directories "$rest")
                printf '%s\n' "$lead$path"
            end
    end
end

complete -c fu -f -a '(__fu_complete)'
